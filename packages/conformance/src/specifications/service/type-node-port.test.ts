import { portolan } from 'portolan';
import { describe, expect, it } from 'vitest';

import { answerer, messages } from '../../../test/answerer/answerer.ts';
import { manifest, node, pod, service } from '../../../test/objects/objects.ts';

describe('Service: type NodePort', () => {
  const nodes = [node('one', '192.0.2.1'), node('two', '192.0.2.2')];
  const spec = {
    type: 'NodePort',
    clusterIP: '10.96.0.10',
    ports: [{ port: 80, nodePort: 30007 }],
  };
  const objects = manifest(
    nodes,
    service('cart', spec),
    pod('cart-1', 'cart', { ip: '10.8.0.1', spec: { nodeName: 'one' } }),
  );

  it.each(['192.0.2.1', '192.0.2.2'])(
    'every node forwards the port, whether it has a Pod or not: %s',
    (address) => {
      expect(answerer(portolan(objects), `http://${address}:30007/`)).toBe('cart');
    },
  );

  it('no other port of a node is forwarded, nor the port at any other address', () => {
    expect(answerer(portolan(objects), 'http://192.0.2.1:30008/')).toBe(404);
    expect(answerer(portolan(objects), 'http://192.0.2.3:30007/')).toBe(404);
  });

  it('the Service has a cluster IP as well', () => {
    const app = portolan(objects, { entrance: 'internal' });
    expect(answerer(app, 'http://10.96.0.10/')).toBe('cart');
  });

  it('a port is given out of 30000-32767, and told in nodePort', () => {
    const app = portolan(manifest(service('cart', { type: 'NodePort' })));
    const nodePort = app.compiled().services[0]?.spec.ports?.[0]?.nodePort;
    expect(nodePort).toBeGreaterThanOrEqual(30000);
    expect(nodePort).toBeLessThanOrEqual(32767);
  });

  it('the range can be another one', () => {
    const app = portolan(manifest(service('cart', { type: 'NodePort' })), {
      nodePortRange: [20000, 20000],
    });
    expect(app.compiled().services[0]?.spec.ports?.[0]?.nodePort).toBe(20000);
  });

  it.each([29999, 32768, 80])(
    'a port that is chosen must be in the range: %i is refused',
    (port) => {
      const ports = [{ port: 80, nodePort: port }];
      expect(messages(portolan(manifest(service('cart', { type: 'NodePort', ports }))))).toEqual([
        expect.stringContaining('spec.ports[0].nodePort: Invalid value'),
      ]);
    },
  );

  it('a port that another Service has is refused', () => {
    const app = portolan(
      manifest(service('cart', spec), service('shop', { ...spec, clusterIP: undefined })),
    );
    expect(messages(app)).toEqual([expect.stringContaining('provided port is already allocated')]);
  });

  it('TCP and UDP ports may have the same number', () => {
    const ports = ['TCP', 'UDP'].map((protocol) => ({
      name: protocol.toLowerCase(),
      port: 53,
      protocol,
      nodePort: 30053,
    }));
    expect(messages(portolan(manifest(service('cart', { type: 'NodePort', ports }))))).toEqual([]);
  });

  it('ports are given out of the upper band, so that those of the lower one are free to choose', () => {
    const names = Array.from({ length: 300 }, (_, index) => `service-${index}`);
    const { services } = portolan(
      manifest(names.map((name) => service(name, { type: 'NodePort' }))),
    ).compiled();
    const numbers = services.map((each) => each.spec.ports?.[0]?.nodePort ?? 0);
    // min(max(16, 2768 / 32), 128) ports are the lower band of 30000-32767.
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(30086);
    expect(new Set(numbers).size).toBe(300);
  });
});
