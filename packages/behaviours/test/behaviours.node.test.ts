import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Scene } from './behaviours/behaviour.ts';
import { behaviours } from './behaviours/behaviours.ts';
import { send } from './client/client.ts';
import { errandPath } from './errand/errand.ts';
import { startHost, type Host } from './hosts/start-host.ts';
import { startOrigin, type Origin } from './origin/origin.ts';
import { RUNTIMES } from './runtime/runtime.ts';

describe.concurrent.each(RUNTIMES)('the proxy on $name', (runtime) => {
  let origin: Origin;
  let host: Host;
  beforeAll(async () => {
    [origin, host] = await Promise.all([startOrigin(), startHost(runtime.name)]);
  }, 60_000);
  afterAll(() => Promise.all([origin.close(), host.stop()]));

  const scene = (): Scene => {
    const to: Scene['to'] = (target, errand) =>
      errandPath({ port: origin.port, ...errand }, target);
    return {
      runtime,
      origin,
      port: host.port,
      to,
      send: (sent, errand) => send(host.port, { ...sent, path: to(sent.path, errand) }),
    };
  };

  // Once in some dozens of runs a flood sent to local workerd does not get as far as the origin. It is not understood yet
  // why, and a second try has always worked.
  const retry = runtime.name === 'workerd' ? 2 : 0;
  it.for(behaviours)(
    '$name',
    { retry, timeout: 20_000 },
    async ({ skip, check }, { skip: pass }) => {
      const why = skip?.(runtime);
      pass(why !== undefined, why);
      await expect(check(scene())).resolves.toBeUndefined();
    },
  );
});
