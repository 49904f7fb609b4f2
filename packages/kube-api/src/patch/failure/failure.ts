/** What a Status is made of. Kubernetes API reference, Status v1 meta. */
export interface PatchFailure {
  readonly code: 400 | 404 | 409 | 413 | 415 | 422;
  readonly reason:
    | 'BadRequest'
    | 'Conflict'
    | 'Invalid'
    | 'NotFound'
    | 'RequestEntityTooLarge'
    | 'UnsupportedMediaType';
  readonly message: string;
  /** For `details.causes`. */
  readonly causes?: readonly StatusCause[];
  /** For `details`, where it is about something else than the patch. */
  readonly about?: { readonly group: string; readonly kind: string };
}

/** Kubernetes API reference, StatusCause v1 meta. */
interface StatusCause {
  readonly reason: string;
  readonly message: string;
  readonly field?: string;
}

/** Thrown within a patch, and caught by `applyPatch`. */
export class PatchError extends Error {
  override readonly name = 'PatchError';
  readonly failure: PatchFailure;

  constructor(failure: PatchFailure) {
    super(failure.message);
    this.failure = failure;
  }
}

export function badRequest(message: string): PatchError {
  return new PatchError({ code: 400, reason: 'BadRequest', message });
}

/** A patch that reads well and can't be carried out. */
export function notApplicable(cause: string): PatchError {
  return new PatchError({
    code: 422,
    reason: 'Invalid',
    message: `the server rejected our request due to an error in our request: ${cause}`,
    // kubectl prints causes only, and before each its field.
    causes: [{ reason: 'UnexpectedServerResponse', message: cause, field: 'patch' }],
  });
}
