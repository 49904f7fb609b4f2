import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startCluster, type Cluster } from '../../../test/cluster/cluster.ts';
import { evenly } from '../../../test/evenly/evenly.ts';
import { ingress, to } from '../../../test/objects/objects.ts';

describe('Ingress controller conformance: Load balancing', () => {
  let cluster: Cluster;

  beforeAll(async () => {
    cluster = await startCluster({
      ingress: ingress({ defaultBackend: to('echo', 8080) }),
      services: ['echo'],
      replicas: 10,
      options: { random: evenly() },
    });
  });

  afterAll(() => cluster.close());

  it('100 requests for a Service of 10 Pods are all answered with 200, and use all of them', async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, () =>
        cluster.knock({ host: 'load-balancing.example', path: '/' }),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ echo }) => echo?.pod)).size).toBe(10);
  });
});
