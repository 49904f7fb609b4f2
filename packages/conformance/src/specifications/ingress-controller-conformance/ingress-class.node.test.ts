import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { seen, startCluster, type Cluster } from '../../../test/cluster/cluster.ts';
import { demanded, titled } from './feature.ts';
import { ingressClass } from './ingress-class.ts';

describe('Ingress controller conformance: Ingress class', () => {
  let cluster: Cluster;

  beforeAll(async () => {
    cluster = await startCluster(ingressClass);
  });

  afterAll(() => cluster.close());

  it.each(titled(ingressClass.scenarios))('%s', async (_, scenario) => {
    expect(seen(await cluster.knock(scenario))).toEqual(demanded(scenario));
  });
});
