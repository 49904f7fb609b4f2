import { portolan } from 'portolan';
import { describe, expect, it } from 'vitest';

import { answerer, messages, refusal } from '../../../test/answerer/answerer.ts';
import { ingress, manifest, node, pod, service, to } from '../../../test/objects/objects.ts';
import { records } from '../../../test/records/records.ts';

describe('Service: type ExternalName', () => {
  const spec = { type: 'ExternalName', externalName: 'my.database.example.com', ports: undefined };
  const database = service('my-service', spec, { namespace: 'prod' });

  it('the name of the Service is a CNAME of the external name, and has no other record', () => {
    expect(records([database])).toEqual([
      'my-service.prod.svc.cluster.local CNAME my.database.example.com',
    ]);
  });

  it('no cluster IP and no node port is allocated', () => {
    const [admitted] = portolan(manifest(database)).compiled().services;
    expect(admitted?.spec.clusterIP).toBeUndefined();
    expect(admitted?.spec.ports ?? []).toEqual([]);
  });

  it.each(['internal', 'external'] as const)(
    'nothing is proxied, at the %s entrance',
    (entrance) => {
      const app = portolan(manifest(database, node('one', '192.0.2.1')), { entrance });
      expect(answerer(app, 'http://my-service.prod.svc.cluster.local/')).toBe(404);
      expect(app.compiled().snapshot.frontends).toEqual({});
    },
  );

  it('no Pod is selected, even with a selector', () => {
    const objects = [
      service('my-service', { ...spec, selector: { app: 'db' }, ports: [{ port: 80 }] }),
      pod('db-1', 'db', { ip: '10.8.0.1' }),
      ingress({ defaultBackend: to('my-service') }),
    ];
    expect(refusal(portolan(manifest(objects)), 'http://foo.bar.com/')).toBe(
      '503 ExternalNameNotAllowed',
    );
  });

  it('digits are taken for a name, not for an IP address', () => {
    const digits = service('my-service', { ...spec, externalName: '192.0.2.53' });
    expect(messages(portolan(manifest(digits)))).toEqual([]);
    expect(records([digits])).toEqual(['my-service.default.svc.cluster.local CNAME 192.0.2.53']);
  });

  it('HTTP by way of an Ingress is left open: here it is routed only to names that the operator lists', () => {
    const objects = manifest(
      service('docs', { ...spec, externalName: 'docs.example.com', ports: [{ port: 80 }] }),
      ingress({ defaultBackend: to('docs') }),
    );
    const url = 'http://foo.bar.com/';
    expect(refusal(portolan(objects), url)).toBe('503 ExternalNameNotAllowed');
    const app = portolan(objects, { externalNames: ['docs.example.com'] });
    expect(app.decide(new Request(url))).toMatchObject({
      endpoint: { address: 'docs.example.com' },
      hostname: 'docs.example.com',
    });
  });
});
