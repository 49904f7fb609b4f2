import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { seen, startCluster, type Cluster } from '../../../test/cluster/cluster.ts';
import { demanded, titled } from './feature.ts';
import { pathRules } from './path-rules.ts';

describe('Ingress controller conformance: Path rules', () => {
  let cluster: Cluster;

  beforeAll(async () => {
    cluster = await startCluster(pathRules);
  });

  afterAll(() => cluster.close());

  it.each(titled(pathRules.scenarios))('%s', async (_, scenario) => {
    expect(seen(await cluster.knock(scenario))).toEqual(demanded(scenario));
  });
});
