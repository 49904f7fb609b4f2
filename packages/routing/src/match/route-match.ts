import type { Backends, Filter, PathMatch, RouteSource } from '../route/route.ts';
import type { RouteTrace } from './trace.ts';

interface Traced {
  /** Only where it was asked for. */
  readonly trace?: RouteTrace;
}

/** A rule takes the request. */
export interface MatchedRoute extends Traced {
  readonly outcome: 'matched';
  readonly source: RouteSource;
  /** The rule's. */
  readonly field: string;
  /** As the rule writes it; absent for every host. */
  readonly host?: string;
  /** As the rule writes it. */
  readonly pathMatch: PathMatch;
  /** Of a PathPrefix, normalised: what `ReplacePrefixMatch` replaces. */
  readonly matchedPrefix?: string;
  /** With normalised paths. */
  readonly filters: readonly Filter[];
  readonly backends: Backends;
  /** The request's, normalised: forward this one. */
  readonly path: string;
}

/** No rule takes it, a default backend does. */
export interface DefaultRoute extends Traced {
  readonly outcome: 'default';
  readonly source: RouteSource;
  readonly field: string;
  readonly backends: Backends;
  readonly path: string;
}

/** Nobody takes it: 404. */
export interface UnmatchedRoute extends Traced {
  readonly outcome: 'unmatched';
  readonly path: string;
}

/** It can't be understood: 400. */
export interface InvalidRequest extends Traced {
  readonly outcome: 'invalidHost' | 'invalidPath';
}

export type RouteMatch = MatchedRoute | DefaultRoute | UnmatchedRoute | InvalidRequest;
