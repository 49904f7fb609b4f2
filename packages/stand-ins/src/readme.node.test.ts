import type { Resource } from '@portolan/core';
import { expect, it } from 'vitest';

import { planStandIns } from './index.ts';
import { startStandIns } from './serve/serve.ts';

it('does what the README shows', async () => {
  const resources: readonly Resource[] = [
    {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'web', namespace: 'default' },
      spec: {
        template: {
          spec: { containers: [{ name: 'web', ports: [{ containerPort: 8080 }] }] },
        },
      },
    },
  ];
  const plan = planStandIns(resources);
  const standIns = await startStandIns(plan);
  const { address, port } = plan.servers[0] ?? { address: '', port: 0 };
  const at = standIns.overrides[`${address}:${port}`] ?? `${address}:${port}`;
  const answer = await fetch(`http://${at}/cart?x=1`);
  expect(await answer.json()).toMatchObject({
    pod: 'web-0',
    namespace: 'default',
    node: 'stand-in',
    port: 8080,
    method: 'GET',
    path: '/cart?x=1',
    bodySize: 0,
  });

  await standIns.update(planStandIns([]));
  expect(standIns.servers).toBe(0);
  await standIns.close();
});
