import { portolan, type Portolan } from 'portolan';
import { describe, expect, it } from 'vitest';

import { evenly } from '../../../test/evenly/evenly.ts';
import { manifest, pod, service } from '../../../test/objects/objects.ts';

describe('Virtual IPs: Session affinity', () => {
  const pods = [1, 2, 3, 4].map((last) => pod(`cart-${last}`, 'cart', { ip: `10.8.0.${last}` }));
  const serving = (spec: Readonly<Record<string, unknown>>, clientAddress: string): Portolan =>
    portolan(manifest(service('cart', spec), pods), {
      entrance: 'internal',
      clientAddress: () => clientAddress,
      random: evenly(),
    });
  /** The endpoints that twenty requests go to. */
  const used = (app: Portolan): ReadonlySet<string> =>
    new Set(
      Array.from({ length: 20 }, () => {
        const decision = app.decide(new Request('http://cart.default.svc/'));
        return decision.outcome === 'forward' ? decision.endpoint.address : '';
      }),
    );

  it('with ClientIP a client is passed to the same Pod each time', () => {
    expect(used(serving({ sessionAffinity: 'ClientIP' }, '198.51.100.7')).size).toBe(1);
  });

  it('with ClientIP different clients are spread over the Pods', () => {
    const clients = Array.from({ length: 50 }, (_, index) => `198.51.100.${index}`);
    const taken = clients.flatMap((client) => [
      ...used(serving({ sessionAffinity: 'ClientIP' }, client)),
    ]);
    expect(new Set(taken).size).toBe(4);
  });

  it('without it, as is the default, a client is passed to any Pod', () => {
    expect(used(serving({}, '198.51.100.7')).size).toBe(4);
  });

  it.each([
    ['is 10800 seconds by default', undefined, 10800],
    ['may be set', { clientIP: { timeoutSeconds: 60 } }, 60],
  ])('the timeout %s', (_, sessionAffinityConfig, timeoutSeconds) => {
    const app = serving({ sessionAffinity: 'ClientIP', sessionAffinityConfig }, '198.51.100.7');
    expect(app.compiled().services[0]?.spec.sessionAffinityConfig).toEqual({
      clientIP: { timeoutSeconds },
    });
  });
});
