import type { AbortSource } from '@portolan/proxy';

/** What something was aborted with, as an error. */
export function abortError({ reason }: AbortSource): Error {
  return reason instanceof Error ? reason : new Error('aborted', { cause: reason });
}
