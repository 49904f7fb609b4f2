import { portolan } from 'portolan';
import { describe, expect, it } from 'vitest';

import { endpoints, messages } from '../../../test/answerer/answerer.ts';
import { manifest, pod, service } from '../../../test/objects/objects.ts';

describe('Service: Port definitions', () => {
  const inside = { entrance: 'internal' } as const;
  const url = 'http://nginx.default.svc/';
  const named = service('nginx', { ports: [{ name: 'web', port: 80, targetPort: 'http-web' }] });

  it('a target port may be the name of a port of the Pods', () => {
    const ports = [{ name: 'http-web', containerPort: 8080 }];
    const app = portolan(manifest(named, pod('one', 'nginx', { ip: '10.8.0.1', ports })), inside);
    expect(endpoints(app, url)).toEqual(['10.8.0.1:8080']);
  });

  it('Pods of one Service may have different numbers for the name', () => {
    const app = portolan(
      manifest(
        named,
        [8080, 9090].map((containerPort, index) =>
          pod(`nginx-${index}`, 'nginx', {
            ip: `10.8.0.${index + 1}`,
            ports: [{ name: 'http-web', containerPort }],
          }),
        ),
      ),
      inside,
    );
    expect(endpoints(app, url)).toEqual(['10.8.0.1:8080', '10.8.0.2:9090']);
  });

  it('a name stands for a port of the same protocol', () => {
    const ports = [{ name: 'http-web', containerPort: 8080, protocol: 'UDP' }];
    const app = portolan(manifest(named, pod('one', 'nginx', { ip: '10.8.0.1', ports })), inside);
    expect(endpoints(app, url)).toEqual([]);
  });
});

describe('Service: Application protocol', () => {
  const speaking = (appProtocol: string): string =>
    manifest(
      service('shop', { ports: [{ port: 80, appProtocol }] }),
      pod('shop-1', 'shop', { ip: '10.8.0.1' }),
    );

  it.each(['http', 'kubernetes.io/h2c', 'mycompany.com/my-custom-protocol'])(
    'a port may be said to speak %s, and whoever calls its endpoints is told',
    (appProtocol) => {
      const app = portolan(speaking(appProtocol), { entrance: 'internal' });
      expect(messages(app)).toEqual([]);
      expect(app.decide(new Request('http://shop.default.svc/'))).toMatchObject({
        service: { name: 'shop', appProtocol },
      });
    },
  );

  it.each(['my custom protocol', '/http', 'mycompany.com/'])(
    'a port may not be said to speak "%s", which is no qualified name',
    (appProtocol) => {
      expect(messages(portolan(speaking(appProtocol)))).toContainEqual(
        expect.stringContaining('spec.ports[0].appProtocol: Invalid value'),
      );
    },
  );
});

describe('Service: Multi-port Services', () => {
  it('each port leads to its own target port', () => {
    const ports = [
      { name: 'http', port: 80, targetPort: 9376 },
      { name: 'https', port: 443, targetPort: 9377 },
    ];
    const app = portolan(
      manifest(service('shop', { ports }), pod('shop-1', 'shop', { ip: '10.8.0.1' })),
      { entrance: 'internal' },
    );
    expect(endpoints(app, 'http://shop.default.svc/')).toEqual(['10.8.0.1:9376']);
    expect(endpoints(app, 'https://shop.default.svc/')).toEqual(['10.8.0.1:9377']);
  });

  it('ports may have one number with different protocols', () => {
    const ports = ['TCP', 'UDP'].map((protocol) => ({
      name: protocol.toLowerCase(),
      port: 53,
      protocol,
    }));
    expect(messages(portolan(manifest(service('shop', { ports }))))).toEqual([]);
  });

  it('all of several ports must have names', () => {
    const ports = [{ name: 'http', port: 80 }, { port: 443 }];
    expect(messages(portolan(manifest(service('shop', { ports }))))).toEqual([
      expect.stringContaining('spec.ports[1].name: Required value'),
    ]);
  });

  it('no two ports may have the same name', () => {
    const ports = [
      { name: 'http', port: 80 },
      { name: 'http', port: 443 },
    ];
    expect(messages(portolan(manifest(service('shop', { ports }))))).toEqual([
      expect.stringContaining('spec.ports[1].name: Duplicate value'),
    ]);
  });

  it.each(['123-abc', 'web'])('a port may be called %s', (name) => {
    const ports = [{ name, port: 80 }];
    expect(messages(portolan(manifest(service('shop', { ports }))))).toEqual([]);
  });

  it.each(['123_abc', '-web', 'Web'])('a port may not be called %s', (name) => {
    const ports = [{ name, port: 80 }];
    expect(messages(portolan(manifest(service('shop', { ports }))))).toEqual([
      expect.stringContaining('spec.ports[0].name: Invalid value'),
    ]);
  });
});
