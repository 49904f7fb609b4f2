/** What is known of a fault. */
interface ClusterFaultFields {
  /** Of an answer that is no success, or of a Status within a watch. Absent where there was none. */
  readonly code?: number;
  /** In milliseconds: how long the server wants to be left alone. */
  readonly retryAfter?: number;
  /** Whether something came that can't be understood. */
  readonly isUnreadable?: true;
}

/** Why a request to the cluster, or the stream that it opened, came to nothing. */
export class ClusterFault extends Error {
  readonly _tag = 'ClusterFault';
  readonly code: number | undefined;
  readonly retryAfter: number | undefined;
  readonly isUnreadable: true | undefined;

  constructor(message: string, { code, retryAfter, isUnreadable }: ClusterFaultFields = {}) {
    super(message);
    this.code = code;
    this.retryAfter = retryAfter;
    this.isUnreadable = isUnreadable;
  }
}

/** Whether a `resourceVersion`, or a `continue`, is too old to go on from. Kubernetes API concepts, 410 Gone responses. */
export function isGone({ code }: ClusterFault): boolean {
  return code === 410;
}

/** Answers that are no success but may be one the next time. */
const PASSING: ReadonlySet<number> = new Set([401, 408, 410, 429]);

/** Whether it is no use to ask again soon: not allowed, not there, or not understood. */
export function isRefused({ code }: ClusterFault): boolean {
  return code !== undefined && code >= 400 && code < 500 && !PASSING.has(code);
}
