import type { Exchange } from '@portolan/proxy';

import { accessLogLine } from './access-log-line.ts';

export interface AccessLogOptions {
  /** Is given each line, without a line break at its end. Must not throw. */
  readonly write: (line: string) => void;
  /**
   * `all` requests, or `failures` alone: what we answered ourselves with a status of 500 and above, and bodies that the
   * endpoint broke off or that stood still for too long. `all` by default.
   */
  readonly only?: 'all' | 'failures';
}

/** Writes a line for each request that has ended: an `observe` of the proxy. */
export function accessLog({ write, only = 'all' }: AccessLogOptions): (exchange: Exchange) => void {
  return (exchange) => {
    if (only === 'all' || isFailure(exchange)) write(accessLogLine(exchange));
  };
}

function isFailure({ failure, status, end }: Exchange): boolean {
  return (failure !== undefined && status >= 500) || end === 'broken' || end === 'idle';
}
