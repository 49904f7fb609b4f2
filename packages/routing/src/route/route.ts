/**
 * The routing model, Gateway API's: what Ingress compiles into now and HTTPRoute will later.
 *
 * Source: Gateway API v1, HTTPRouteSpec.
 */

/** Which object a route was made of. */
export interface RouteSource {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** RFC 3339. Of two rules that match alike the older object's wins; an absent time is younger than any given one. */
  readonly creationTimestamp?: string;
}

/** A set of rules for a set of hosts. */
export interface Route {
  readonly source: RouteSource;
  readonly rules: readonly Rule[];
  /** Answers what no rule takes; see `compileRoutes` for which of several is asked. */
  readonly defaultBackend?: DefaultBackend;
}

/** Where requests go that no rule takes. */
export interface DefaultBackend {
  /** The field of the source that it comes from, such as `spec.defaultBackend`. */
  readonly field: string;
  readonly backends: Backends;
}

/** Requests that any one of `matches` fits, and what becomes of them. */
export interface Rule {
  /** The field of the source that this rule comes from, such as `spec.rules[0].http.paths[1]`. */
  readonly field: string;
  /**
   * An exact DNS name, `*.` and a DNS name (which stands for exactly one more label), or absent for every host.
   * Lower case, without port or trailing dot.
   */
  readonly host?: string;
  /**
   * Empty: the rule takes no request, but its host becomes one of those that have rules, so that the route's default
   * backend answers there and no rule for a less specific host.
   */
  readonly matches: readonly Match[];
  readonly filters?: readonly Filter[];
  readonly backends: Backends;
}

/** All of what is given must fit. */
export interface Match {
  readonly path: PathMatch;
  readonly method?: string;
  readonly headers?: readonly ValueMatch[];
  readonly queryParams?: readonly ValueMatch[];
}

export interface PathMatch {
  /** `PathPrefix` matches element by element: `/foo` takes `/foo` and `/foo/bar`, not `/foobar`. */
  readonly type: 'Exact' | 'PathPrefix' | 'RegularExpression';
  readonly value: string;
}

/** A header (its name is matched without regard to case) or a query parameter (its name is matched exactly). */
export interface ValueMatch {
  readonly type: 'Exact' | 'RegularExpression';
  readonly name: string;
  readonly value: string;
}

/** What is done to a request or a response that a rule takes. */
export type Filter =
  | ({ readonly type: 'RequestHeaderModifier' } & HeaderModifier)
  | ({ readonly type: 'ResponseHeaderModifier' } & HeaderModifier)
  | {
      readonly type: 'RequestRedirect';
      readonly scheme?: 'http' | 'https';
      readonly hostname?: string;
      readonly port?: number;
      readonly path?: PathModifier;
      /** 302 by default. */
      readonly statusCode?: 301 | 302 | 303 | 307 | 308;
    }
  | { readonly type: 'URLRewrite'; readonly hostname?: string; readonly path?: PathModifier };

export interface HeaderModifier {
  readonly set?: readonly { readonly name: string; readonly value: string }[];
  readonly add?: readonly { readonly name: string; readonly value: string }[];
  readonly remove?: readonly string[];
}

export type PathModifier =
  | { readonly type: 'ReplaceFullPath'; readonly replaceFullPath: string }
  | { readonly type: 'ReplacePrefixMatch'; readonly replacePrefixMatch: string };

/** Shared by weight; a backend of weight 0 is never picked. */
export type Backends = readonly BackendRef[];

export interface BackendRef {
  /** Empty for the core group, where `Service` lives. */
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** A Service port by number or by name; absent for kinds that have none. */
  readonly port?: number | string;
  readonly weight: number;
}
