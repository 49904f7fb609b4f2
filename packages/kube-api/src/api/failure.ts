import { UnavailableError } from '@portolan/store';

import { negotiate, type Form } from '../negotiation/negotiation.ts';
import { respondStatus } from '../response/response.ts';
import { StatusError, type Status } from '../status/status.ts';
import type { Answer } from './answer.ts';

/**
 * What is answered where something was thrown. Of faults that are not the client's it says nothing.
 *
 * @param onError Is told of these.
 */
export function failure(
  request: Request,
  error: unknown,
  onError?: (error: unknown) => void,
): Answer {
  if (!(error instanceof StatusError)) onError?.(error);
  const { status } = statusError(error);
  return { response: respondStatus(status, formOf(request)), status };
}

function statusError(error: unknown): { readonly status: Status } {
  if (error instanceof StatusError) return error;
  if (error instanceof UnavailableError) {
    const message = 'the server is currently unable to handle the request';
    const details = { retryAfterSeconds: 1 };
    return new StatusError(503, 'ServiceUnavailable', message, { details });
  }
  return new StatusError(500, 'InternalError', 'Internal error occurred');
}

/** In YAML where only that is accepted; else in JSON, which everybody can read. */
function formOf(request: Request): Form | undefined {
  try {
    const { format, pretty } = negotiate(request, new URL(request.url));
    return { format, pretty, mediaType: `application/${format}` };
  } catch {
    return undefined;
  }
}
