import type { Suite } from '../suite/suite.ts';
import { change } from './change/change.ts';
import { decision } from './decision/decision.ts';
import { denoBunHosts } from './deno-bun-hosts/deno-bun-hosts.ts';
import { dns } from './dns/dns.ts';
import { matching } from './matching/matching.ts';
import { nodeHost } from './node-host/node-host.ts';
import { selectors } from './selectors/selectors.ts';
import { tcp } from './tcp/tcp.ts';
import { worker } from './worker/worker.ts';

/** In the order in which they are run and shown. */
export const SUITES: readonly Suite[] = [
  matching,
  decision,
  selectors,
  change,
  nodeHost,
  denoBunHosts,
  tcp,
  dns,
  worker,
];
