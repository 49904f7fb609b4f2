import type { Row } from '../suite/suite.ts';
import type { Running } from './running.ts';

/** Something that passes requests on to the origin. */
export interface Forwarder {
  readonly name: string;
  readonly role: Row['role'];
  readonly version?: string | undefined;
  /** Why it can't be measured here. */
  readonly absent?: string | undefined;
  readonly start: (to: ForwardTo) => Promise<Forwarding>;
}

export interface ForwardTo {
  /** The port of the origin. */
  readonly origin: number;
  /** For its files. */
  readonly folder: string;
  /** Files of a certificate for `shop.example` and 127.0.0.1, as PEM: apart, and in one. */
  readonly tls: { readonly cert: string; readonly key: string; readonly both: string };
}

/** One that runs. */
export interface Forwarding extends Running {
  readonly port: number;
  /** Where it speaks TLS, if it does. */
  readonly securePort?: number | undefined;
}
