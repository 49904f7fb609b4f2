/** One that takes no request. */
export type UnreachableRule = UnreachableEntry | UnreachableDefaultBackend;

interface Unreachable {
  /** Indices of the entries that take the requests that it would take, ascending. */
  readonly takers: readonly number[];
  /** Whether this holds for all requests, or only for those that were looked at. */
  readonly proved: boolean;
}

/** It never wins. */
export interface UnreachableEntry extends Unreachable {
  readonly kind: 'entry';
  /** Index into `entries`. Without takers it fits no request. */
  readonly entry: number;
}

/** It is never asked, or only where an entry takes the request. */
export interface UnreachableDefaultBackend extends Unreachable {
  readonly kind: 'defaultBackend';
  /** Index into `defaultBackends`. */
  readonly defaultBackend: number;
  /** Indices of the default backends that are asked in its place, ascending. */
  readonly askedBefore: readonly number[];
}
