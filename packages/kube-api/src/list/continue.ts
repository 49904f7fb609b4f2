import { badRequest } from '../status/faults.ts';

/** Where a list goes on. */
export interface Continue {
  /** The revision that the whole list is of; `newest` for a list that is no longer of one. */
  readonly revision: number | 'newest';
  /** The object that was listed last. */
  readonly after: { readonly namespace: string; readonly name: string };
}

/** As the client gets it: nothing that it may look into. */
export function formatContinue({ revision, after }: Continue): string {
  const text = JSON.stringify([revision, after.namespace, after.name]);
  return btoa(String.fromCodePoint(...new TextEncoder().encode(text)));
}

/** @throws {StatusError} 400 where it is none of ours. */
export function parseContinue(token: string): Continue {
  try {
    const bytes = Uint8Array.from(atob(token), (character) => character.codePointAt(0) ?? 0);
    const parsed: unknown = JSON.parse(new TextDecoder().decode(bytes));
    const [revision, namespace, name] = Array.isArray(parsed) ? parsed : [];
    const isRevision = revision === 'newest' || Number.isSafeInteger(revision);
    if (isRevision && typeof namespace === 'string' && typeof name === 'string') {
      return { revision, after: { namespace, name } };
    }
  } catch {
    // Falls through: it is none of ours.
  }
  throw badRequest('continue key is not valid: it was not issued by this server');
}
