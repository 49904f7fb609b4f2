import type { TlsOptions } from 'node:tls';

import type { TLSCertificate } from '@portolan/proxy';

import type { EndpointOptions } from '../endpoint-connection/connect.ts';

export interface ServeOptions {
  /** 0, the default, takes any that is free. */
  readonly port?: number;
  /** The address to listen at; all of this machine by default. */
  readonly hostname?: string;
  /**
   * The certificates to choose from by the name that a client asks for; then HTTPS is spoken, over HTTP/2 and HTTP/1.1. Asked at
   * each handshake. A client that asks for a name that nobody has is refused; the server name `*` stands for whatever is left.
   */
  readonly certificates?: () => readonly TLSCertificate[];
  /** What else there is to say of TLS, such as `ca` and `requestCert`; with `cert` and `key`, one certificate for all names. */
  readonly tls?: TlsOptions;
  /** Bytes of all header fields of a request, 16 KiB by default; beyond it 431. */
  readonly maxHeaderSize?: number;
  /** Header fields of a request, 100 by default; beyond it 431. */
  readonly maxHeaderFields?: number;
  /** Bytes of a request target, 8 KiB by default; beyond it 414. */
  readonly maxURLLength?: number;
  /** Milliseconds that a header section may take, 10 000 by default; beyond it 408. Content may take as long as it likes. */
  readonly headersTimeout?: number;
  /** Milliseconds that a connection is kept without a request, 5000 by default. */
  readonly keepAliveTimeout?: number;
  /** Milliseconds that `close` leaves to requests under way and to WebSockets, 10 000 by default. */
  readonly drain?: number;
  /** How WebSockets reach their endpoints: as with `socket`, names lead to public addresses only unless listed. */
  readonly endpoints?: EndpointOptions;
  /**
   * Is told what the handler rejected with, for which the client gets 500, and once of each certificate that can't be used, which
   * is then as if it were not there; by default a warning of the process.
   */
  readonly onError?: (error: unknown) => void;
}

/** A server that listens. */
export interface HTTPServer {
  /** The IP address that it listens at. */
  readonly hostname: string;
  readonly port: number;
  /** Does nothing, for Node asks for `certificates` at each handshake. Other runtimes have to be told. */
  readonly reload: () => void;
  /** Stops listening, lets requests under way and WebSockets finish for as long as `drain` says, then ends what is left. */
  readonly close: () => Promise<void>;
}
