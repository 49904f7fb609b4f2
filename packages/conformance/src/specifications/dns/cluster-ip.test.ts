import { describe, expect, it } from 'vitest';

import { service } from '../../../test/objects/objects.ts';
import { records } from '../../../test/records/records.ts';

describe('DNS-based service discovery: 2.3 Records for a Service with ClusterIP', () => {
  const kubernetes = service('kubernetes', {
    clusterIP: '10.3.0.1',
    ports: [{ name: 'https', port: 443 }],
  });

  it('the name of the Service has an A record with its cluster IP', () => {
    expect(records([kubernetes])).toContain('kubernetes.default.svc.cluster.local A 10.3.0.1');
  });

  it('the name of the Service has an AAAA record where the cluster IP is one of IPv6', () => {
    const spec = { clusterIP: '2001:db8::1', ipFamilies: ['IPv6'] };
    const found = records([service('kubernetes', spec)]);
    expect(found).toContain('kubernetes.default.svc.cluster.local AAAA 2001:db8::1');
    expect(found.filter((record) => / A /.test(record))).toEqual([]);
  });

  it('the name of a dual-stack Service has both', () => {
    const spec = {
      clusterIPs: ['10.3.0.1', '2001:db8::1'],
      clusterIP: '10.3.0.1',
      ipFamilyPolicy: 'RequireDualStack',
    };
    expect(records([service('kubernetes', spec)])).toEqual(
      expect.arrayContaining([
        'kubernetes.default.svc.cluster.local A 10.3.0.1',
        'kubernetes.default.svc.cluster.local AAAA 2001:db8::1',
      ]),
    );
  });

  it('the name holds the namespace of the Service, and the zone is the cluster domain', () => {
    const cart = service('cart', { clusterIP: '10.3.0.2' }, { namespace: 'shop' });
    expect(records([cart], { clusterDomain: 'corp.example' })).toContain(
      'cart.shop.svc.corp.example A 10.3.0.2',
    );
  });

  it('a named port has an SRV record, which leads to the name of the Service and the number of the port', () => {
    expect(records([kubernetes])).toContain(
      '_https._tcp.kubernetes.default.svc.cluster.local SRV 443 kubernetes.default.svc.cluster.local',
    );
  });

  it('the SRV record names the protocol of the port', () => {
    const ports = [{ name: 'dns', port: 53, protocol: 'UDP' }];
    expect(records([service('kube-dns', { clusterIP: '10.3.0.10', ports })])).toContain(
      '_dns._udp.kube-dns.default.svc.cluster.local SRV 53 kube-dns.default.svc.cluster.local',
    );
  });

  it('each of several named ports has an SRV record', () => {
    const ports = ['http', 'metrics'].map((name, index) => ({ name, port: 8080 + index }));
    expect(records([service('shop', { clusterIP: '10.3.0.3', ports })])).toEqual(
      expect.arrayContaining([
        '_http._tcp.shop.default.svc.cluster.local SRV 8080 shop.default.svc.cluster.local',
        '_metrics._tcp.shop.default.svc.cluster.local SRV 8081 shop.default.svc.cluster.local',
      ]),
    );
  });

  it('an unnamed port has no SRV record', () => {
    const found = records([service('shop', { clusterIP: '10.3.0.3' })]);
    expect(found.filter((record) => record.includes(' SRV '))).toEqual([]);
  });

  it('the cluster IP has a PTR record that leads to the name of the Service', () => {
    expect(records([kubernetes])).toContain(
      '1.0.3.10.in-addr.arpa PTR kubernetes.default.svc.cluster.local',
    );
  });

  it('a cluster IP of IPv6 has a PTR record too, by its nibbles', () => {
    const spec = { clusterIP: '2001:db8::1', ipFamilies: ['IPv6'] };
    expect(records([service('kubernetes', spec)])).toContain(
      `1.${'0.'.repeat(23)}8.b.d.0.1.0.0.2.ip6.arpa PTR kubernetes.default.svc.cluster.local`,
    );
  });
});
