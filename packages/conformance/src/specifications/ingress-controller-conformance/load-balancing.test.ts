import { portolan } from 'portolan';
import { describe, expect, it } from 'vitest';

import { evenly } from '../../../test/evenly/evenly.ts';
import { ingress, manifest, pod, service, to } from '../../../test/objects/objects.ts';

describe('Ingress controller conformance: Load balancing', () => {
  it('100 requests for a Service of 10 Pods use all of them', () => {
    const addresses = Array.from({ length: 10 }, (_, index) => `10.244.0.${index + 1}`);
    const app = portolan(
      manifest(
        service('echo', { ports: [{ port: 8080 }] }),
        addresses.map((ip, index) => pod(`echo-${index}`, 'echo', { ip })),
        ingress({ defaultBackend: to('echo', 8080) }),
      ),
      { random: evenly() },
    );
    const used = Array.from({ length: 100 }, () => {
      const decision = app.decide(new Request('http://load-balancing.example/'));
      return decision.outcome === 'forward' ? decision.endpoint.address : decision.status;
    });
    expect(new Set(used)).toEqual(new Set(addresses));
  });
});
