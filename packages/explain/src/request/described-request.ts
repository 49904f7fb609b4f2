import type { Entrance } from '@portolan/core';

/** A request as a person or a file describes it. */
export interface DescribedRequest {
  /** Absolute, `http:` or `https:`. */
  readonly url: string;
  /** `GET` by default. */
  readonly method?: string;
  /** A `Host` among them goes before that of the URL, as it does on the wire. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The client's IP address. */
  readonly from?: string;
  /** `external` by default. */
  readonly entrance?: Entrance;
  /** The node and the zone in which the request is received. */
  readonly node?: string;
  readonly zone?: string;
}
