/**
 * What is to become of a request: everything that is named here. What says where it goes (`service`, `port`, `path`,
 * `headers`, `endpoints`, `endpoint`, `pod`, `pods`) also says that somebody answers, unless a refusal is expected with it.
 */
export interface Expectation {
  /** `namespace/name`, and a port by number or by name if that matters: `shop/cart:80`, `shop/cart:http`. */
  readonly service?: string;
  /** The Service's port, by number or by name. */
  readonly port?: number | string;
  /** Of a redirect: 301, 302, 303, 307, 308. Of a refusal: 400, 403, 404, 503. */
  readonly status?: number;
  /** Why it is refused: `NoMatchingRoute`, `NoReadyEndpoints` … */
  readonly reason?: string;
  /** Where it is redirected to. */
  readonly redirect?: string;
  /** The path that the backend gets, with the query if one is named here. */
  readonly path?: string;
  /** Header fields that the backend sees; `null` or `undefined`: there is none of that name. */
  readonly headers?: Readonly<Record<string, RegExp | string | null | undefined>>;
  /** Whether it is forwarded to somebody. */
  readonly reachable?: boolean;
  /** How many may answer, at least 1. */
  readonly endpoints?: number;
  /** `address:port` of one that may answer. */
  readonly endpoint?: string;
  /** The name of a Pod that may answer. */
  readonly pod?: string;
  /** The names of all Pods that may answer, in any order. */
  readonly pods?: readonly string[];
}

export type ExpectationField = keyof Expectation;

/** In the order in which failures are told. */
export const EXPECTATION_FIELDS: readonly ExpectationField[] = [
  'service',
  'port',
  'status',
  'reason',
  'redirect',
  'path',
  'headers',
  'reachable',
  'endpoints',
  'endpoint',
  'pod',
  'pods',
];

/** The fields that something is expected of. */
export function expectedFields(expectation: Expectation): readonly ExpectationField[] {
  return EXPECTATION_FIELDS.filter((field) => expectation[field] !== undefined);
}
