/**
 * What becomes of all requests of one kind, as far as anybody outside or behind can tell. Plain JSON.
 *
 * What follows from the request is written as a template:
 *
 * - `{path}` is the request's path, normalised; `{path as received}` the same before normalisation; `{path after /api}`
 *   what of it comes after the prefix.
 * - `{origin}` is `{scheme}://{host}:{port}`, these being the request's. The well-known port of a scheme is left out.
 *
 * The query is always kept, and never written down.
 */
export type Outcome = RespondOutcome | RedirectOutcome | ForwardOutcome;

/** Our own answer: nobody else can give one. */
export interface RespondOutcome {
  readonly outcome: 'respond';
  readonly status: number;
  /** For machines: `NoMatchingRoute`, `NoReadyEndpoints` … */
  readonly reason: string;
  /** Who should have answered, as the rule names it. Nobody outside is told, so another one makes no change. */
  readonly service?: string;
}

export interface RedirectOutcome {
  readonly outcome: 'redirect';
  readonly status: number;
  /** A template: `https://{host}{path}`. */
  readonly location: string;
}

/** To one of these backends, by weight. */
export interface ForwardOutcome {
  readonly outcome: 'forward';
  /** The path that the backend gets to see, as a template: `{path}`, `/new{path after /old}`, `/always-this`. */
  readonly path: string;
  /** The host that a rule has the backend see; absent: the client's, or the endpoint's own where that is a domain name. */
  readonly hostname?: string;
  /** What is done to header fields, as text, names in lower case: `request set x-a: 1`. */
  readonly headers: readonly string[];
  /** At least one of them has endpoints, or they fail for different reasons. Sorted: those that answer by Service, then the others by reason. */
  readonly backends: readonly BackendOutcome[];
}

export interface BackendOutcome {
  /** Of all weights, more than 0 and at most 1. */
  readonly share: number;
  /** `shop/cart:80`; where it fails, as the rule names it, and several that fail alike in one text. */
  readonly service: string;
  /** The port's, in lower case, where it isn't plain HTTP. */
  readonly appProtocol?: string;
  /** Each client whose address is known keeps to one endpoint. Only where there are several. */
  readonly sessionAffinity?: 'ClientIP';
  /** `10.0.0.1:8080`, or of stand-ins `2 × Deployment shop/cart:8080`; sorted. */
  readonly endpoints: readonly string[];
  /** Where nobody answers, and `endpoints` is empty: the reason of a 503. */
  readonly reason?: string;
}
