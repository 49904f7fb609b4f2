import { portolan, type Portolan } from 'portolan';
import { describe, expect, it } from 'vitest';

import { endpoints } from '../../../test/answerer/answerer.ts';
import { manifest, node, pod, service } from '../../../test/objects/objects.ts';

describe('Virtual IPs: Traffic distribution control', () => {
  const url = 'http://cart.default.svc/';
  const all = ['10.8.0.1:80', '10.8.0.2:80', '10.8.0.3:80'];
  const from = (
    spec: Readonly<Record<string, unknown>>,
    where: { readonly node?: string; readonly zone?: string },
  ): Portolan =>
    portolan(
      manifest(
        [
          ['one', 'a'],
          ['two', 'a'],
          ['three', 'b'],
        ].map(([name = '', zone = ''], index) =>
          node(name, `192.0.2.${index + 1}`, { 'topology.kubernetes.io/zone': zone }),
        ),
        service('cart', spec),
        ['one', 'two', 'three'].map((nodeName, index) =>
          pod(`cart-${index + 1}`, 'cart', { ip: `10.8.0.${index + 1}`, spec: { nodeName } }),
        ),
      ),
      { entrance: 'internal', ...where },
    );

  it.each(['PreferClose', 'PreferSameZone'])(
    'with %s traffic goes to endpoints of the zone that it comes from',
    (trafficDistribution) => {
      const inZone = (zone: string): readonly string[] =>
        endpoints(from({ trafficDistribution }, { zone }), url);
      expect(inZone('a')).toEqual(['10.8.0.1:80', '10.8.0.2:80']);
      expect(inZone('b')).toEqual(['10.8.0.3:80']);
    },
  );

  it('with PreferSameNode traffic goes to endpoints of the node that it comes from, else of its zone', () => {
    const spec = { trafficDistribution: 'PreferSameNode' };
    expect(endpoints(from(spec, { node: 'one', zone: 'a' }), url)).toEqual(['10.8.0.1:80']);
    expect(endpoints(from(spec, { node: 'four', zone: 'a' }), url)).toEqual([
      '10.8.0.1:80',
      '10.8.0.2:80',
    ]);
  });

  it.each(['PreferClose', 'PreferSameZone', 'PreferSameNode'])(
    'with %s traffic goes to any endpoint where none is near',
    (trafficDistribution) => {
      const app = from({ trafficDistribution }, { node: 'four', zone: 'c' });
      expect(endpoints(app, url)).toEqual(all);
    },
  );

  it('without it traffic goes to any endpoint', () => {
    expect(endpoints(from({}, { node: 'one', zone: 'a' }), url)).toEqual(all);
  });

  it('a traffic policy of Local goes before it', () => {
    const spec = { trafficDistribution: 'PreferSameZone', internalTrafficPolicy: 'Local' };
    expect(endpoints(from(spec, { node: 'two', zone: 'a' }), url)).toEqual(['10.8.0.2:80']);
    expect(endpoints(from(spec, { node: 'four', zone: 'a' }), url)).toEqual([]);
  });
});
