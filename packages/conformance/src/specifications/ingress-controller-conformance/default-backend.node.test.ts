import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { seen, startCluster, USER_AGENT, type Cluster } from '../../../test/cluster/cluster.ts';
import { defaultBackend } from './default-backend.ts';
import { demanded, titled } from './feature.ts';

describe('Ingress controller conformance: Default backend', () => {
  let cluster: Cluster;

  beforeAll(async () => {
    cluster = await startCluster(defaultBackend);
  });

  afterAll(() => cluster.close());

  it.each(titled(defaultBackend.scenarios))('%s', async (_, scenario) => {
    expect(seen(await cluster.knock(scenario))).toEqual(demanded(scenario));
  });

  it.each(['GET', 'POST', 'PUT', 'DELETE', 'PATCH'])(
    'the Pod sees the method %s, HTTP/1.1, and the User-Agent of the client',
    async (method) => {
      const { echo } = await cluster.knock({ method, host: 'my-host', path: '/resource' });
      expect(echo).toMatchObject({
        method,
        protocol: 'HTTP/1.1',
        headers: { 'user-agent': USER_AGENT },
      });
    },
  );

  it('the client sees HTTP/1.1, and the header fields of the Pod: Content-Length, Content-Type, Date, Server', async () => {
    const { protocol, headers } = await cluster.knock({ host: 'my-host', path: '/' });
    expect(protocol).toBe('HTTP/1.1');
    expect(headers).toMatchObject({
      'content-length': expect.stringMatching(/^[0-9]+$/),
      'content-type': 'application/json',
      date: expect.stringContaining('GMT'),
      server: 'echo',
    });
  });
});
