import type { Behaviours } from './behaviours.ts';
import { LISTENING } from './listening.ts';
import { PROXY_PROTOCOL } from './proxy-protocol.ts';
import { TCP } from './tcp.ts';
import { UDP, UDP_REFUSALS } from './udp.ts';

/** What is to hold on a runtime. */
export function behavioursOn(runtime: string): Behaviours {
  return {
    ...LISTENING,
    ...TCP,
    ...PROXY_PROTOCOL,
    ...UDP,
    ...(runtime !== 'deno' && UDP_REFUSALS),
  };
}
