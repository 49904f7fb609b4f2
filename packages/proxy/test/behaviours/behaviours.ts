import type { Behaviour } from './behaviour.ts';
import { bindings } from './bindings.ts';
import { failures } from './failures.ts';
import { requests } from './requests.ts';
import { responses } from './responses.ts';
import { streams } from './streams.ts';
import { websockets } from './websockets.ts';

/** Everything that is to be true of the proxy on every runtime. */
export const behaviours: readonly Behaviour[] = [
  ...requests,
  ...responses,
  ...streams,
  ...failures,
  ...websockets,
  ...bindings,
];
