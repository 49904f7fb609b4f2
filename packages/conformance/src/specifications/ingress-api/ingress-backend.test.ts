import { portolan, type Portolan } from 'portolan';
import { describe, expect, it } from 'vitest';

import { answerer, codes, endpoints, messages, refusal } from '../../../test/answerer/answerer.ts';
import { backends, ingress, manifest, pod, service, to } from '../../../test/objects/objects.ts';

describe('Ingress API: IngressBackend', () => {
  const serving = (
    defaultBackend: Readonly<Record<string, unknown>>,
    objects = backends('shop'),
  ): Portolan => portolan(manifest(objects, ingress({ defaultBackend })));

  it('a backend is a Service or a resource', () => {
    expect(messages(serving({}))).toEqual([
      expect.stringContaining('resource or service backend is required'),
    ]);
  });

  it('a backend is not both', () => {
    const resource = { apiGroup: 'k8s.example.com', kind: 'StorageBucket', name: 'icons' };
    expect(messages(serving({ ...to('shop'), resource }))).toEqual([
      expect.stringContaining('cannot set both resource and service backends'),
    ]);
  });

  it('a backend names a port of its Service', () => {
    expect(messages(serving({ service: { name: 'shop' } }))).toEqual([
      expect.stringContaining('port name or number is required'),
    ]);
  });

  it('a backend names the port by name or by number, not by both', () => {
    const both = { service: { name: 'shop', port: { name: 'web', number: 80 } } };
    expect(messages(serving(both))).toEqual([
      expect.stringContaining('cannot set both port name & port number'),
    ]);
  });

  it.each([8080, 'http'])(
    'the port is that of the Service, not that of its Pods: %s, which only they have, gets 503',
    (port) => {
      const objects = [
        service('shop', { ports: [{ name: 'web', port: 80, targetPort: 'http' }] }),
        pod('shop-1', 'shop', { ip: '10.8.0.1', ports: [{ name: 'http', containerPort: 8080 }] }),
      ];
      expect(endpoints(serving(to('shop', 'web'), objects), 'http://foo.bar.com/')).toEqual([
        '10.8.0.1:8080',
      ]);
      expect(refusal(serving(to('shop', port), objects), 'http://foo.bar.com/')).toBe(
        '503 PortNotFound',
      );
    },
  );

  it('the Service is in the namespace of the Ingress: one of that name elsewhere gets nothing', () => {
    const elsewhere = { namespace: 'elsewhere' };
    const app = serving(to('shop'), [
      service('shop', {}, elsewhere),
      pod('shop-1', 'shop', {
        ip: '10.8.0.1',
        metadata: { ...elsewhere, labels: { app: 'shop' } },
      }),
    ]);
    expect(refusal(app, 'http://foo.bar.com/')).toBe('503 BackendNotFound');
    expect(codes(app)).toEqual(['BackendNotFound']);
  });

  it('a backend stands for all endpoints of the Service and port', () => {
    const app = serving(to('shop'), [
      service('shop'),
      pod('shop-1', 'shop', { ip: '10.8.0.1' }),
      pod('shop-2', 'shop', { ip: '10.8.0.2' }),
    ]);
    expect(answerer(app, 'http://foo.bar.com/')).toBe('shop');
    expect(endpoints(app, 'http://foo.bar.com/')).toEqual(['10.8.0.1:80', '10.8.0.2:80']);
  });
});
