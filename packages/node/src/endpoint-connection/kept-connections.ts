import { performance } from 'node:perf_hooks';

import { valuesOf } from '../field-lines/field-lines.ts';
import type { ResponseHead } from '../response-parser/response-head.ts';
import type { EndpointConnection } from './endpoint-connection.ts';

interface Kept {
  readonly connection: EndpointConnection;
  /** By `performance.now()`. */
  readonly until: number;
}

/** As many as are kept for one endpoint. */
const MOST = 256;

/** Milliseconds between two looks for what has been kept for long enough. */
const INTERVAL = 500;

/** Connections that wait for a later request. They keep no process alive. */
export class KeptConnections {
  /** By base; what was kept last comes last. */
  readonly #kept = new Map<string, Kept[]>();
  #timer: NodeJS.Timeout | undefined;

  /** The connection to an endpoint that was used last. */
  take(base: string): EndpointConnection | undefined {
    const kept = this.#kept.get(base);
    if (kept === undefined) return undefined;
    for (let last = kept.pop(); last !== undefined; last = kept.pop()) {
      const { connection, until } = last;
      if (!connection.socket.destroyed && until > performance.now()) {
        connection.socket.ref();
        return connection;
      }
      connection.socket.destroy();
    }
    return undefined;
  }

  /** Keeps a connection, on which nothing is under way, for so many milliseconds. */
  keep(base: string, connection: EndpointConnection, milliseconds: number): void {
    let kept = this.#kept.get(base);
    if (kept === undefined) this.#kept.set(base, (kept = []));
    if (kept.length >= MOST || milliseconds <= 0) {
      connection.socket.destroy();
      return;
    }
    connection.socket.unref();
    kept.push({ connection, until: performance.now() + milliseconds });
    this.#timer ??= setInterval(() => this.#sweep(), INTERVAL).unref();
  }

  #sweep(): void {
    const now = performance.now();
    for (const [base, kept] of this.#kept) {
      const fresh: Kept[] = [];
      for (const each of kept) {
        if (each.until <= now) each.connection.socket.destroy();
        else if (!each.connection.socket.destroyed) fresh.push(each);
      }
      if (fresh.length === 0) this.#kept.delete(base);
      else this.#kept.set(base, fresh);
    }
    if (this.#kept.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

/** Milliseconds by which a connection is given up before the endpoint said that it would, lest a request gets there too late. */
const MARGIN = 1000;

/**
 * The milliseconds that a connection is kept after a response: no longer than its Keep-Alive says.
 *
 * @param most Milliseconds.
 */
export function keptFor({ fields }: ResponseHead, most: number): number {
  const [, seconds] = /(?:^|,)\s*timeout=(\d+)/i.exec(valuesOf(fields, 'keep-alive').join()) ?? [];
  return seconds === undefined ? most : Math.min(most, Number(seconds) * 1000 - MARGIN);
}
