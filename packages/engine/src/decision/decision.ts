import type { Endpoint, Entrance } from '@portolan/core';
import type { Filter, RequestFacts as RoutingFacts, RouteTrace } from '@portolan/routing';
import type { ResolvedSettings } from '@portolan/settings';

/** What is known of one request when it is decided where it goes. */
export interface RequestFacts extends RoutingFacts {
  /** The port that the client knocked at, 1–65535. */
  readonly port: number;
  readonly entrance: Entrance;
  /** An IP literal; absent where the platform doesn't tell. */
  readonly clientAddress?: string;
  /** The endpoints that the request's affinity cookies name, by cookie; only those that were found to be ours. */
  readonly sessions?: Readonly<Record<string, Session>>;
  /** The node and zone that the client (for us: the place where we run) is in. */
  readonly node?: string;
  readonly zone?: string;
}

/** With whom a client is to stay: what an affinity cookie says. */
export interface Session {
  /** `namespace/name:port` of the Service. */
  readonly port: string;
  /** `address:port` of the endpoint, IPv6 in brackets. */
  readonly endpoint: string;
}

/** Why a request was not forwarded. For machines, and safe to show to a client. */
export type RefusalReason =
  /** 400: the path can't be normalised (bad percent-encoding, NUL). */
  | 'InvalidPath'
  /** 400: the host is no host. */
  | 'InvalidHost'
  /** 403: the client's address is outside `loadBalancerSourceRanges`. */
  | 'SourceNotAllowed'
  /** 404: no frontend, no rule and no default backend. */
  | 'NoMatchingRoute'
  /** 503: the rule's Service does not exist. */
  | 'BackendNotFound'
  /** 503: the Service has no such port. */
  | 'PortNotFound'
  /** 503: nobody is ready to answer. */
  | 'NoReadyEndpoints'
  /** 503: everybody who could answer has as many requests as they may. */
  | 'Overloaded'
  /** 503: the backend is of a kind that no plugin serves. */
  | 'InvalidKind'
  /** 503: the port does not carry TCP. */
  | 'UnsupportedProtocol'
  /** 503: every backend of the rule has weight 0, or there is none. */
  | 'NoBackends'
  /** 503, or what a plugin's own refusal is called: `ExternalNameNotAllowed`. */
  | (string & {});

/** The rule that took the request. */
export interface DecidedRoute {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** The field of the rule: `spec.rules[0].http.paths[1]`, or `spec.defaultBackend`. */
  readonly rule: string;
  /** The path as the rule writes it; absent for a default backend. */
  readonly path?: string;
}

export interface DecidedService {
  readonly namespace: string;
  readonly name: string;
  readonly port: number;
  readonly portName: string;
  readonly appProtocol?: string;
}

interface Traced {
  /** Only where it was asked for. */
  readonly trace?: DecisionTrace;
}

/** Send it to `endpoint`. */
export interface ForwardDecision extends Traced {
  readonly outcome: 'forward';
  /** Absent where a Service's own frontend was knocked at. */
  readonly route?: DecidedRoute;
  readonly service: DecidedService;
  /** What holds for the request: of its rule's object, of its Service, and the defaults. */
  readonly settings: ResolvedSettings;
  /** What the policy went by, where it hashes and the request has it. */
  readonly hashKey?: string;
  /** The client came with an affinity cookie that named `endpoint`. */
  readonly isSession?: true;
  /** The one picked. */
  readonly endpoint: Endpoint;
  /** All that may answer; `endpoint` is one of them. */
  readonly endpoints: readonly Endpoint[];
  /** The normalised path, after rewriting, without the query. */
  readonly path: string;
  /** As received, without `?`. */
  readonly query: string;
  /** The host that the backend is to see, where a filter or an ExternalName sets one. */
  readonly hostname?: string;
  /** Header modifiers that remain to be carried out. */
  readonly filters: readonly Extract<
    Filter,
    { readonly type: 'RequestHeaderModifier' | 'ResponseHeaderModifier' }
  >[];
}

/** Answer with a redirect. */
export interface RedirectDecision extends Traced {
  readonly outcome: 'redirect';
  readonly status: 301 | 302 | 303 | 307 | 308;
  readonly location: string;
  readonly route: DecidedRoute;
}

/** Answer ourselves: nobody else can. */
export interface RespondDecision extends Traced {
  readonly outcome: 'respond';
  readonly status: 400 | 403 | 404 | 503;
  readonly reason: RefusalReason;
  /** For operators, never for clients: may name Services. */
  readonly message: string;
  /** Seconds after which it is worth trying again. */
  readonly retryAfter?: number;
  readonly route?: DecidedRoute;
  readonly service?: {
    readonly namespace: string;
    readonly name: string;
    readonly port?: number | string;
  };
}

/** What is to be done with one request, as plain data. */
export type Decision = ForwardDecision | RedirectDecision | RespondDecision;

/** How the decision came about. */
export interface DecisionTrace {
  /** The frontend that was knocked at, where it was one of a Service. */
  readonly frontend?: string;
  /** What routing looked at; absent where a frontend took the request. */
  readonly routing?: RouteTrace;
  /** Endpoints that may not answer, each with the reason. */
  readonly excluded: readonly { readonly endpoint: Endpoint; readonly reason: string }[];
}
