import { describe, expect, it } from 'vitest';

import { pod, service, type KubernetesObject } from '../../../test/objects/objects.ts';
import { records } from '../../../test/records/records.ts';

describe('DNS-based service discovery: 2.4 Records for a headless Service', () => {
  const name = 'headless.default.svc.cluster.local';
  const headless = service('headless', {
    clusterIP: 'None',
    ports: [{ name: 'https', port: 443 }],
  });
  const pet = (index: number, fields: { readonly ready?: boolean } = {}): KubernetesObject =>
    pod(`pet-${index}`, 'headless', {
      ip: `10.3.0.${index}`,
      spec: { hostname: `pet-${index}`, subdomain: 'headless' },
      ...fields,
    });

  it('the name of the Service has an A record for each ready endpoint', () => {
    const found = records([headless, pet(1), pet(2), pet(3, { ready: false })]);
    expect(found.filter((record) => record.startsWith(name))).toEqual([
      `${name} A 10.3.0.1`,
      `${name} A 10.3.0.2`,
    ]);
  });

  it('the name of the Service has an AAAA record for an endpoint of IPv6', () => {
    const ofIPv6 = service('headless', { clusterIP: 'None', ipFamilies: ['IPv6'] });
    expect(records([ofIPv6, pod('pet-1', 'headless', { ip: '2001:db8::7' })])).toContain(
      `${name} AAAA 2001:db8::7`,
    );
  });

  it('the name of the Service has no record where no endpoint is ready', () => {
    expect(records([headless, pet(1, { ready: false })])).toEqual([]);
  });

  it('each ready endpoint has an A record by its hostname', () => {
    const found = records([headless, pet(1), pet(2, { ready: false })]);
    expect(found).toContain(`pet-1.${name} A 10.3.0.1`);
    expect(found.filter((record) => record.startsWith('pet-2'))).toEqual([]);
  });

  it('a hostname with several addresses has a record for each', () => {
    const dualStack = service('headless', {
      clusterIP: 'None',
      ipFamilyPolicy: 'RequireDualStack',
      ipFamilies: ['IPv4', 'IPv6'],
    });
    const both = {
      ...pet(1),
      status: {
        podIP: '10.3.0.1',
        podIPs: [{ ip: '10.3.0.1' }, { ip: '2001:db8::7' }],
        conditions: [{ type: 'Ready', status: 'True' }],
      },
    };
    expect(records([dualStack, both])).toEqual(
      expect.arrayContaining([`pet-1.${name} A 10.3.0.1`, `pet-1.${name} AAAA 2001:db8::7`]),
    );
  });

  it('an endpoint without a hostname has a name of its own: here its address', () => {
    expect(records([headless, pod('pet-1', 'headless', { ip: '10.3.0.1' })])).toContain(
      `10-3-0-1.${name} A 10.3.0.1`,
    );
  });

  it('each named port has an SRV record for each ready endpoint, which leads to its name', () => {
    const ports = [
      { name: 'https', port: 443 },
      { name: 'metrics', port: 9090 },
    ];
    const several = service('headless', { clusterIP: 'None', ports });
    const found = records([several, pet(1), pet(2), pet(3, { ready: false })]);
    expect(found.filter((record) => record.includes(' SRV '))).toEqual([
      `_https._tcp.${name} SRV 443 pet-1.${name}`,
      `_https._tcp.${name} SRV 443 pet-2.${name}`,
      `_metrics._tcp.${name} SRV 9090 pet-1.${name}`,
      `_metrics._tcp.${name} SRV 9090 pet-2.${name}`,
    ]);
  });

  it('an unnamed port has no SRV record', () => {
    const unnamed = service('headless', { clusterIP: 'None' });
    const found = records([unnamed, pet(1)]);
    expect(found.filter((record) => record.includes(' SRV '))).toEqual([]);
  });

  it('the address of a ready endpoint has a PTR record, which leads to its name', () => {
    const found = records([headless, pet(1), pet(2, { ready: false })]);
    expect(found.filter((record) => record.includes(' PTR '))).toEqual([
      `1.0.3.10.in-addr.arpa PTR pet-1.${name}`,
    ]);
  });
});
