import type { Received, Sent } from '../client/client.ts';
import type { Errand } from '../errand/errand.ts';
import type { Origin } from '../origin/origin.ts';
import type { Runtime } from '../runtime/runtime.ts';

/** Where a behaviour is looked at: a client on one side of the proxy, an origin on the other. */
export interface Scene {
  readonly runtime: Runtime;
  readonly origin: Origin;
  /** The port of the host that runs the proxy. */
  readonly port: number;
  /** The path by which the host is asked to go to `target` at the origin. */
  readonly to: (target: string, errand?: Errand) => string;
  /** Sends a whole request through the proxy. `path` is as the origin is to see it. */
  readonly send: (sent: Sent, errand?: Errand) => Promise<Received>;
}

/** One thing that is true of the proxy on every runtime. */
export interface Behaviour {
  readonly name: string;
  /** Why it can't be seen on this runtime, if so. */
  readonly skip?: (runtime: Runtime) => string | undefined;
  readonly check: (scene: Scene) => Promise<void>;
}
