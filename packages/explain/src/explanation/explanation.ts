import type { Entrance, ObjectReference } from '@portolan/core';
import type { DecidedRoute } from '@portolan/engine';
import type { LossReason } from '@portolan/routing';
import type { TrafficSettings } from '@portolan/settings';

/** Where a request goes, and why: plain JSON. What doesn't apply is absent. */
export interface Explanation {
  readonly request: ExplainedRequest;
  readonly outcome: 'forward' | 'redirect' | 'respond';
  /** Of a redirect and of an answer of our own. */
  readonly status?: number;
  /** Why the answer is our own: `NoMatchingRoute`, `NoReadyEndpoints` … */
  readonly reason?: string;
  /** The same for people. */
  readonly message?: string;
  /** What would have to change for the request to be forwarded, for people; only where a trace was asked for. */
  readonly remedy?: string;
  /** Of a redirect. */
  readonly location?: string;
  /** The rule that takes the request. */
  readonly route?: DecidedRoute;
  /** The Service's own address that was knocked at: `external TCP 192.0.2.10:80`; only where a trace was asked for. */
  readonly frontend?: string;
  /** Of a client that is turned away at a Service's own address only where a trace was asked for. */
  readonly service?: {
    readonly namespace: string;
    readonly name: string;
    /** A name where the Service has no such port. */
    readonly port?: number | string;
  };
  /** Path and query as the backend gets them; the path is normalised and rewritten. */
  readonly target?: string;
  /** All that may answer; empty unless the request is forwarded. */
  readonly endpoints: readonly ExplainedEndpoint[];
  /** The one of `endpoints` that this client keeps to: the Service has `sessionAffinity: ClientIP`. */
  readonly affinity?: ExplainedEndpoint;
  /**
   * What annotations of ours say of how the request is treated, sorted by name; absent where they say nothing, and where
   * the request isn't forwarded.
   */
  readonly settings?: readonly ExplainedSetting[];
  /** Endpoints of the Service that may not; only where a trace was asked for. */
  readonly excluded?: readonly ExcludedEndpoint[];
  /**
   * The header fields that the endpoint sees, lower case: that of `affinity`, or the first. What `fetch` adds on its own
   * account is not among them. Only where the request is forwarded.
   */
  readonly headers?: Readonly<Record<string, string>>;
  /** Why no `fetch` can address the endpoint, for people; then there are no `headers`. */
  readonly unreachable?: string;
  /** Every rule that was looked at, in order of precedence; only where a trace was asked for. */
  readonly candidates?: readonly ExplainedCandidate[];
}

/** The request as it was described, and what is assumed where nothing was said. */
export interface ExplainedRequest {
  readonly method: string;
  readonly url: string;
  /** Those that the client sends. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly entrance: Entrance;
  readonly from?: string;
  readonly node?: string;
  readonly zone?: string;
}

export interface ExplainedSetting {
  /** `firstByteTimeout` for the annotation `portolan.dev/first-byte-timeout`. */
  readonly name: keyof TrafficSettings;
  /** Times in milliseconds, sizes in bytes. */
  readonly value: Required<TrafficSettings>[keyof TrafficSettings];
  /** The object that has the annotation. */
  readonly by: ObjectReference;
}

export interface ExplainedEndpoint {
  readonly address: string;
  readonly port: number;
  /** The Pod's name; it is in the Service's namespace. */
  readonly pod?: string;
  readonly node?: string;
  readonly zone?: string;
  /** The manifests only announce the Pod: name and address are those of a stand-in. */
  readonly standIn?: true;
}

export interface ExcludedEndpoint extends ExplainedEndpoint {
  /** An `ExclusionReason`: `NotReady`, `Terminating`, `OtherNode`, `OtherZone`, `OtherFamily`. */
  readonly reason: string;
}

export interface ExplainedCandidate extends DecidedRoute {
  /** Absent: every host. */
  readonly host?: string;
  /** `Exact`, `PathPrefix` or `RegularExpression`; absent for a default backend. */
  readonly pathType?: string;
  readonly outcome: 'won' | 'lost';
  /** Only of a loser. */
  readonly reason?: LossReason;
  /** For people: `/foobar is not /foo or below it`. */
  readonly detail: string;
}
