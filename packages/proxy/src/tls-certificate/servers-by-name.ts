import { certificateChooser } from './certificate-chooser.ts';
import type { TLSCertificate } from './tls-certificate.ts';

export interface ServersByNameOptions<Server> {
  readonly certificates: () => readonly TLSCertificate[];
  /** @throws where the certificate can't be used. */
  readonly start: (certificate: TLSCertificate) => Server;
  /** Of a server that has no connections and gets no more. */
  readonly stop: (server: Server) => void;
  readonly onError: (error: Error) => void;
}

/** A server to hand a connection to. */
export interface Entry<Server> {
  readonly server: Server;
  /** To be called once, when the connection is closed. */
  readonly leave: () => void;
}

/** What serves one certificate. */
interface Place<Server> {
  readonly certificate: TLSCertificate;
  server: Server | undefined;
  connections: number;
}

/**
 * Servers for runtimes whose TLS knows one certificate: each certificate has a server of its own, which lasts from the first
 * connection that asks for it until the certificate is gone and so is its last connection. No renewal breaks one off.
 */
export class ServersByName<Server> {
  readonly #options: ServersByNameOptions<Server>;
  readonly #choose: (serverName: string) => Place<Server> | undefined;
  readonly #running = new Set<Place<Server>>();

  constructor(options: ServersByNameOptions<Server>) {
    this.#options = options;
    this.#choose = certificateChooser({
      certificates: options.certificates,
      prepare: (certificate) => {
        const place: Place<Server> = { certificate, server: undefined, connections: 0 };
        this.#serverOf(place);
        return place;
      },
      onError: options.onError,
    });
  }

  /** @returns `undefined` where nobody has the name. */
  enter(serverName: string): Entry<Server> | undefined {
    const place = this.#choose(serverName);
    if (place === undefined) return undefined;
    const server = this.#serverOf(place);
    place.connections += 1;
    const leave = (): void => {
      place.connections -= 1;
      if (place.connections === 0) this.reload();
    };
    return { server, leave };
  }

  /** Looks which certificates are gone. */
  reload(): void {
    const present = new Set(this.#options.certificates());
    for (const place of this.#running) {
      if (place.connections === 0 && !present.has(place.certificate)) {
        this.#running.delete(place);
        if (place.server !== undefined) this.#options.stop(place.server);
        place.server = undefined;
      }
    }
  }

  /** Those that run. */
  servers(): Server[] {
    return Array.from(this.#running, ({ server }) => server).filter(
      (server) => server !== undefined,
    );
  }

  #serverOf(place: Place<Server>): Server {
    place.server ??= this.#options.start(place.certificate);
    this.#running.add(place);
    return place.server;
  }
}
