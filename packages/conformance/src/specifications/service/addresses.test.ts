import { portolan } from 'portolan';
import { describe, expect, it } from 'vitest';

import { answerer, endpoints } from '../../../test/answerer/answerer.ts';
import { manifest, pod, service } from '../../../test/objects/objects.ts';
import { records } from '../../../test/records/records.ts';

describe('Service: Discovering services', () => {
  const metadata = { namespace: 'my-ns' };
  const mine = service(
    'my-service',
    { clusterIP: '10.96.0.10', ports: [{ name: 'http', port: 80 }] },
    metadata,
  );
  const minePod = pod('my-service-1', 'my-service', {
    ip: '10.8.0.1',
    metadata: { ...metadata, labels: { app: 'my-service' } },
  });

  it('the name of a Service resolves to its cluster IP', () => {
    expect(records([mine])).toContain('my-service.my-ns.svc.cluster.local A 10.96.0.10');
  });

  it.each(['my-service.my-ns', 'my-service.my-ns.svc', 'my-service.my-ns.svc.cluster.local'])(
    'from any namespace the Service is found as %s',
    (host) => {
      const app = portolan(manifest(mine, minePod), { entrance: 'internal' });
      expect(answerer(app, `http://${host}/`)).toBe('my-service');
    },
  );

  it('the number of a named port is found by an SRV record', () => {
    expect(records([mine])).toContain(
      '_http._tcp.my-service.my-ns.svc.cluster.local SRV 80 my-service.my-ns.svc.cluster.local',
    );
  });
});

describe('Service: External IPs', () => {
  const spec = {
    ports: [{ name: 'http', port: 80, targetPort: 49152 }],
    externalIPs: ['198.51.100.32'],
  };
  const cart = pod('cart-1', 'cart', { ip: '10.8.0.1' });

  it('traffic for an external IP and a port of the Service goes to its endpoints', () => {
    const app = portolan(manifest(service('cart', spec), cart));
    expect(endpoints(app, 'http://198.51.100.32/')).toEqual(['10.8.0.1:49152']);
    expect(answerer(app, 'http://198.51.100.32:8080/')).toBe(404);
  });

  it.each(['ClusterIP', 'NodePort', 'LoadBalancer'])(
    'a Service of type %s may have external IPs',
    (type) => {
      const app = portolan(manifest(service('cart', { ...spec, type }), cart));
      expect(answerer(app, 'http://198.51.100.32/')).toBe('cart');
    },
  );
});
