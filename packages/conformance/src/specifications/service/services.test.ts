import { portolan } from 'portolan';
import { describe, expect, it } from 'vitest';

import { endpoints, messages, refusal } from '../../../test/answerer/answerer.ts';
import {
  ingress,
  type KubernetesObject,
  manifest,
  pod,
  service,
  to,
} from '../../../test/objects/objects.ts';

describe('Service: Defining a Service', () => {
  const inside = { entrance: 'internal' } as const;
  const url = 'http://my-service.default.svc/';
  const mine = service('my-service', { ports: [{ port: 80, targetPort: 9376 }] });
  const pods = [1, 2].map((last) => pod(`mine-${last}`, 'my-service', { ip: `10.8.0.${last}` }));

  it('traffic for a port of a Service goes to the target port of the Pods that it selects', () => {
    const app = portolan(manifest(mine, pods), inside);
    expect(endpoints(app, url)).toEqual(['10.8.0.1:9376', '10.8.0.2:9376']);
  });

  it('Pods with other labels, or in another namespace, are not selected', () => {
    const app = portolan(
      manifest(
        mine,
        pods,
        pod('other', 'other', { ip: '10.8.0.3' }),
        pod('elsewhere', 'my-service', {
          ip: '10.8.0.4',
          metadata: { namespace: 'elsewhere', labels: { app: 'my-service' } },
        }),
      ),
      inside,
    );
    expect(endpoints(app, url)).toEqual(['10.8.0.1:9376', '10.8.0.2:9376']);
  });

  it('the set of Pods is that of the moment', () => {
    const app = portolan(manifest(mine, pods), inside);
    app.update(manifest(mine, pods.slice(1), pod('mine-3', 'my-service', { ip: '10.8.0.3' })));
    expect(endpoints(app, url)).toEqual(['10.8.0.2:9376', '10.8.0.3:9376']);
  });

  it('a port maps to a target port of the same number unless one is given', () => {
    const app = portolan(manifest(service('my-service'), pods), inside);
    expect(endpoints(app, url)).toEqual(['10.8.0.1:80', '10.8.0.2:80']);
  });

  it('the protocol is TCP, and the type ClusterIP with an IP address, unless the Service says otherwise', () => {
    const app = portolan(manifest(mine));
    expect(app.compiled().services[0]?.spec).toMatchObject({
      type: 'ClusterIP',
      clusterIP: expect.stringMatching(/^10\.(9[6-9]|10[0-9]|11[01])\./),
      ports: [{ protocol: 'TCP' }],
    });
  });

  it.each([
    ['My-service', 'My-service'],
    ['my_service', 'my_service'],
    ['1-service', '1-service'],
    ['my.service', 'my.service'],
    ['by 64 letters', 'x'.repeat(64)],
  ])('a Service may not be called %s, which is no RFC 1035 label', (_, name) => {
    expect(messages(portolan(manifest(service(name))))).toContainEqual(
      expect.stringContaining('metadata.name'),
    );
  });
});

describe('Service: Services without selectors', () => {
  const inside = { entrance: 'internal' } as const;
  const url = 'http://my-service.default.svc/';
  const bare = service('my-service', {
    selector: undefined,
    ports: [{ port: 80, targetPort: 9376 }],
  });
  const slice = (
    addresses: readonly string[],
    metadata: Readonly<Record<string, unknown>> = {},
  ): KubernetesObject => ({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: 'my-service-1',
      labels: { 'kubernetes.io/service-name': 'my-service' },
      ...metadata,
    },
    addressType: 'IPv4',
    ports: [{ name: '', protocol: 'TCP', port: 9376 }],
    endpoints: addresses.map((address) => ({ addresses: [address] })),
  });

  it('no endpoint is found by itself, whatever Pods there are', () => {
    const app = portolan(manifest(bare, pod('one', 'my-service', { ip: '10.8.0.1' })), inside);
    expect(refusal(app, url)).toBe('503 NoReadyEndpoints');
  });

  it('traffic goes to the endpoints of an EndpointSlice that names the Service by its label', () => {
    const app = portolan(manifest(bare, slice(['10.4.5.6', '10.1.2.3'])), inside);
    expect(endpoints(app, url)).toEqual(['10.1.2.3:9376', '10.4.5.6:9376']);
  });

  it('the name of the EndpointSlice does not matter, and there may be several', () => {
    const second = slice(['10.1.2.3'], { name: 'any-other-name' });
    const app = portolan(manifest(bare, slice(['10.4.5.6']), second), inside);
    expect(endpoints(app, url)).toEqual(['10.1.2.3:9376', '10.4.5.6:9376']);
  });

  it('an EndpointSlice without the label, or in another namespace, is none of the Service', () => {
    const app = portolan(
      manifest(
        bare,
        slice(['10.4.5.6'], { labels: {} }),
        slice(['10.1.2.3'], { name: 'elsewhere', namespace: 'elsewhere' }),
      ),
      inside,
    );
    expect(endpoints(app, url)).toEqual([]);
  });

  it('an Endpoints object of its name does as well', () => {
    const legacy = {
      apiVersion: 'v1',
      kind: 'Endpoints',
      metadata: { name: 'my-service' },
      subsets: [{ addresses: [{ ip: '192.0.2.42' }], ports: [{ port: 9376 }] }],
    };
    expect(endpoints(portolan(manifest(bare, legacy), inside), url)).toEqual(['192.0.2.42:9376']);
  });

  it('an Ingress reaches the Service like any other', () => {
    const web = ingress({ defaultBackend: to('my-service') });
    const app = portolan(manifest(bare, slice(['10.4.5.6']), web));
    expect(endpoints(app, 'http://foo.bar.com/')).toEqual(['10.4.5.6:9376']);
  });

  it.each(['169.254.1.1', '224.0.0.1'])(
    'endpoints may not be link-local, such as %s',
    (address) => {
      const app = portolan(manifest(bare, slice([address])), inside);
      expect(messages(app)).toEqual([expect.stringContaining(`Invalid value: "${address}"`)]);
      expect(endpoints(app, url)).toEqual([]);
    },
  );
});
