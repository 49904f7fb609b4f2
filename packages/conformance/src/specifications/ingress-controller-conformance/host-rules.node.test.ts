import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { seen, startCluster, type Cluster } from '../../../test/cluster/cluster.ts';
import { demanded, titled } from './feature.ts';
import { hostRules } from './host-rules.ts';

describe('Ingress controller conformance: Host rules', () => {
  let cluster: Cluster;

  beforeAll(async () => {
    cluster = await startCluster(hostRules);
  });

  afterAll(() => cluster.close());

  it.each(titled(hostRules.scenarios))('%s', async (_, scenario) => {
    expect(seen(await cluster.knock(scenario))).toEqual(demanded(scenario));
  });

  it.each(['foo.bar.com', 'bar.foo.com'])(
    'the Pod is told that the client asked for %s: here in X-Forwarded-Host',
    async (host) => {
      const { echo } = await cluster.knock({ host, path: '/' });
      expect(echo?.headers['x-forwarded-host']).toBe(host);
    },
  );
});
