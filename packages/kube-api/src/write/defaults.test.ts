import { describe, expect, it } from 'vitest';

import { harness } from '../../test/harness/harness.ts';

const DEPLOYMENTS = '/apis/apps/v1/namespaces/shop/deployments';

describe('a workload that leaves them out', () => {
  it.each([
    ['deployments', { replicas: 1, strategy: { type: 'RollingUpdate' } }],
    ['replicasets', { replicas: 1 }],
    ['statefulsets', { replicas: 1, updateStrategy: { type: 'RollingUpdate' } }],
    ['daemonsets', { updateStrategy: { type: 'RollingUpdate' } }],
  ])('gets defaults: %s', async (plural, spec) => {
    const { json } = harness();
    const body = { metadata: { name: 'web' }, spec: { paused: false } };
    const made = await json(`POST /apis/apps/v1/namespaces/shop/${plural}`, { body });
    expect(made['spec']).toEqual({ paused: false, ...spec });
  });

  it('keeps what it says', async () => {
    const { json } = harness();
    const spec = { replicas: 0, strategy: { type: 'Recreate' } };
    const made = await json(`POST ${DEPLOYMENTS}`, { body: { metadata: { name: 'web' }, spec } });
    expect(made['spec']).toEqual(spec);
  });
});

describe('an EndpointSlice that leaves them out', () => {
  it('gets defaults for its ports', async () => {
    const { json } = harness();
    const made = await json('POST /apis/discovery.k8s.io/v1/namespaces/shop/endpointslices', {
      body: { metadata: { name: 'web' }, ports: [{ port: 80 }, { name: 'dns', protocol: 'UDP' }] },
    });
    expect(made['ports']).toEqual([
      { name: '', protocol: 'TCP', port: 80 },
      { name: 'dns', protocol: 'UDP' },
    ]);
  });
});
