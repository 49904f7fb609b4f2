import { portolan } from 'portolan';
import { describe, expect, it } from 'vitest';

import { messages } from '../../../test/answerer/answerer.ts';
import { manifest, service } from '../../../test/objects/objects.ts';

describe('Virtual IPs: IP address assignment to Services', () => {
  it('no two Services have the same address', () => {
    const names = Array.from({ length: 200 }, (_, index) => `service-${index}`);
    const app = portolan(manifest(names.map((name) => service(name))), {
      clusterIPRanges: ['10.96.0.0/24'],
    });
    expect(messages(app)).toEqual([]);
    const addresses = app.compiled().services.map(({ spec }) => spec.clusterIP);
    expect(new Set(addresses).size).toBe(200);
  });

  it('a Service for which no address is left is refused, and the others are served', () => {
    const names = Array.from({ length: 4 }, (_, index) => `service-${index}`);
    const app = portolan(manifest(names.map((name) => service(name))), {
      clusterIPRanges: ['10.96.0.0/30'],
    });
    const addresses = app.compiled().services.map(({ spec }) => spec.clusterIP);
    expect(new Set(addresses)).toEqual(new Set(['10.96.0.1', '10.96.0.2']));
    expect(messages(app)).toHaveLength(2);
  });

  it('an address that one Service chooses is not given to another', () => {
    const options = { clusterIPRanges: ['10.96.0.0/30'] };
    const chosen = service('chosen', { clusterIP: '10.96.0.1' });
    const app = portolan(manifest(service('any'), chosen), options);
    const addresses = app.compiled().services.map(({ spec }) => spec.clusterIP);
    expect(new Set(addresses)).toEqual(new Set(['10.96.0.1', '10.96.0.2']));
  });

  it('addresses are given out of the upper band, so that those of the lower one are free to choose', () => {
    const names = Array.from({ length: 200 }, (_, index) => `service-${index}`);
    const app = portolan(manifest(names.map((name) => service(name))), {
      clusterIPRanges: ['10.96.0.0/24'],
    });
    const numbers = app
      .compiled()
      .services.map(({ spec }) => Number(spec.clusterIP?.split('.').at(-1)));
    // min(max(16, 256 / 16), 256) addresses are the lower band of a /24.
    expect(Math.min(...numbers)).toBeGreaterThan(16);
  });
});
