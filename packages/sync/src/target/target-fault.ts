/** What is known of a fault. */
interface TargetFaultFields {
  /** Of an answer that is no success; absent where there was none, so that what was asked for may or may not have been done. */
  readonly code?: number;
  /** In milliseconds: how long the control plane wants to be left alone. */
  readonly retryAfter?: number;
}

/** Why a request to the control plane came to nothing. */
export class TargetFault extends Error {
  readonly _tag = 'TargetFault';
  readonly code: number | undefined;
  readonly retryAfter: number | undefined;

  constructor(message: string, { code, retryAfter }: TargetFaultFields = {}) {
    super(message);
    this.code = code;
    this.retryAfter = retryAfter;
  }
}
