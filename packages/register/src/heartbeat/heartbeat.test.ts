import { describe, expect, it } from 'vitest';

import { failure, memoryAPI, type MemoryAPI } from '../../test/memory-api/memory-api.ts';
import type { HeartbeatOptions } from '../pod-client/pod-client.ts';
import { withdraw } from '../withdraw/withdraw.ts';
import { heartbeat } from './heartbeat.ts';

const podOf = (api: MemoryAPI): HeartbeatOptions => ({
  url: 'https://worker.example/.portolan/kube',
  token: 'token-of-the-shop-pods',
  name: 'basket',
  labels: { app: 'basket' },
  address: '192.0.2.7',
  ports: [{ containerPort: 443 }],
  fetch: api.fetch,
});

const asked = (api: MemoryAPI): readonly string[] => api.asked.map(({ what }) => what);

describe('a heartbeat by hand', () => {
  it('registers the first time, and from then on renews', async () => {
    const api = memoryAPI();
    await heartbeat(podOf(api));
    await heartbeat(podOf(api));
    expect(asked(api)).toEqual([
      'merge leases/basket',
      'apply pods/basket',
      'apply leases/basket',
      'merge leases/basket',
    ]);
  });

  it.each([1, 2, 10, 20])('holds for %d seconds, whatever a third of that is', async (seconds) => {
    const api = memoryAPI();
    await heartbeat({ ...podOf(api), leaseDurationSeconds: seconds });
    expect(asked(api)).toContain('apply pods/basket');
  });

  it('rejects where it can not be, so that whoever called it tries again', async () => {
    const api = memoryAPI();
    api.instead = () => failure(503, 'ServiceUnavailable');
    await expect(heartbeat(podOf(api))).rejects.toMatchObject({
      name: 'RegisterError',
      status: 503,
      message: expect.stringContaining('because: ServiceUnavailable'),
    });
  });

  it('never follows a redirect with the token', async () => {
    const api = memoryAPI();
    api.instead = () => new Response(null, { status: 307, headers: { location: '/elsewhere' } });
    await expect(heartbeat(podOf(api))).rejects.toMatchObject({ status: 307 });
  });

  it('is taken back by a withdrawal', async () => {
    const api = memoryAPI();
    await heartbeat(podOf(api));
    api.asked.length = 0;
    await withdraw(podOf(api));
    expect(asked(api)).toEqual(['merge pods/basket', 'DELETE pods/basket', 'DELETE leases/basket']);
    expect(api.objects.size).toBe(0);
  });
});
