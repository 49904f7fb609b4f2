import type { Behaviour } from './behaviour.ts';
import { bindings } from './bindings.ts';
import { failures } from './failures.ts';
import { identity } from './identity.ts';
import { limits } from './limits.ts';
import { protocols } from './protocols.ts';
import { requests } from './requests.ts';
import { responses } from './responses.ts';
import { retries } from './retries.ts';
import { streams } from './streams.ts';
import { websockets } from './websockets.ts';

/** Everything that is to be true of the proxy on every runtime. */
export const behaviours: readonly Behaviour[] = [
  ...requests,
  ...responses,
  ...streams,
  ...failures,
  ...identity,
  ...retries,
  ...limits,
  ...protocols,
  ...websockets,
  ...bindings,
];
