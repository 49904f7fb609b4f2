import { compile } from '@portolan/compile';
import { describe, expect, it } from 'vitest';

import type { Answer, RecordData, ResourceRecord } from '../answer/answer.ts';
import { resolve, type ResolveOptions } from './resolve.ts';

const MANIFESTS = `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec:
  clusterIP: 10.96.0.10
  clusterIPs: [10.96.0.10, "2001:db8::10"]
  ipFamilyPolicy: RequireDualStack
  ports: [{ name: http, port: 80 }, { name: dns, port: 53, protocol: UDP }]
---
apiVersion: v1
kind: Service
metadata: { name: db, namespace: shop }
spec: { clusterIP: None, ipFamilyPolicy: RequireDualStack, selector: { app: db }, ports: [{ name: sql, port: 5432 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: db-0, namespace: shop, labels: { app: db } }
spec: { hostname: db-0, subdomain: db, containers: [{ name: server, image: db }] }
status: { podIP: 10.244.1.7, podIPs: [{ ip: 10.244.1.7 }, { ip: "2001:db8:1::7" }] }
---
apiVersion: v1
kind: Pod
metadata: { name: db-1, namespace: shop, labels: { app: db } }
spec: { containers: [{ name: server, image: db }] }
status: { podIP: 10.244.1.8, podIPs: [{ ip: 10.244.1.8 }] }
---
apiVersion: v1
kind: Service
metadata: { name: quiet, namespace: silence }
spec: { clusterIP: None, selector: { app: nobody }, ports: [{ name: http, port: 80 }] }
---
apiVersion: v1
kind: Service
metadata: { name: outside, namespace: shop }
spec: { type: ExternalName, externalName: www.example.com }
---
apiVersion: v1
kind: Service
metadata: { name: near, namespace: shop }
spec: { type: ExternalName, externalName: further.shop.svc.cluster.local }
---
apiVersion: v1
kind: Service
metadata: { name: further, namespace: shop }
spec: { type: ExternalName, externalName: cart.shop.svc.cluster.local }
---
apiVersion: v1
kind: Service
metadata: { name: astray, namespace: shop }
spec: { type: ExternalName, externalName: nobody.shop.svc.cluster.local }
---
apiVersion: v1
kind: Service
metadata: { name: there, namespace: round }
spec: { type: ExternalName, externalName: back.round.svc.cluster.local }
---
apiVersion: v1
kind: Service
metadata: { name: back, namespace: round }
spec: { type: ExternalName, externalName: there.round.svc.cluster.local }
`;

const { snapshot } = compile(MANIFESTS);

function ask(name: string, type = 'A', options?: ResolveOptions): Answer {
  return resolve(snapshot, { name, type, class: 'IN' }, options);
}

/** Records as zone files have them, without the class. */
function lines(records: readonly ResourceRecord[]): readonly string[] {
  return records.map(({ name, data }) => `${name} ${data.type} ${dataOf(data)}`);
}

function dataOf(data: RecordData): string {
  switch (data.type) {
    case 'A':
    case 'AAAA':
      return data.address;
    case 'CNAME':
    case 'NS':
    case 'PTR':
      return data.target;
    case 'SRV':
      return `${data.priority} ${data.weight} ${data.port} ${data.target}`;
    case 'TXT':
      return `"${data.text}"`;
    case 'SOA':
      return `${data.mname} ${data.rname} ${data.minimum}`;
  }
}

const SOA = 'cluster.local SOA ns.dns.cluster.local hostmaster.cluster.local 5';

describe('a name of cluster DNS', () => {
  it.each([
    ['cart.shop.svc.cluster.local', 'A', ['10.96.0.10']],
    ['cart.shop.svc.cluster.local', 'AAAA', ['2001:db8::10']],
    ['_http._tcp.cart.shop.svc.cluster.local', 'SRV', ['0 100 80 cart.shop.svc.cluster.local']],
    ['_dns._udp.cart.shop.svc.cluster.local', 'SRV', ['0 100 53 cart.shop.svc.cluster.local']],
    ['db.shop.svc.cluster.local', 'A', ['10.244.1.7', '10.244.1.8']],
    ['db.shop.svc.cluster.local', 'AAAA', ['2001:db8:1::7']],
    ['db-0.db.shop.svc.cluster.local', 'A', ['10.244.1.7']],
    ['db-0.db.shop.svc.cluster.local', 'AAAA', ['2001:db8:1::7']],
    ['10-244-1-8.db.shop.svc.cluster.local', 'A', ['10.244.1.8']],
    [
      '_sql._tcp.db.shop.svc.cluster.local',
      'SRV',
      [
        '0 100 5432 db-0.db.shop.svc.cluster.local',
        '0 100 5432 10-244-1-8.db.shop.svc.cluster.local',
      ],
    ],
    ['10.0.96.10.in-addr.arpa', 'PTR', ['cart.shop.svc.cluster.local']],
    ['7.1.244.10.in-addr.arpa', 'PTR', ['db-0.db.shop.svc.cluster.local']],
    [
      '0.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa',
      'PTR',
      ['cart.shop.svc.cluster.local'],
    ],
    ['outside.shop.svc.cluster.local', 'CNAME', ['www.example.com']],
    ['dns-version.cluster.local', 'TXT', ['"1.1.0"']],
    ['cluster.local', 'NS', ['ns.dns.cluster.local']],
    ['cluster.local', 'SOA', ['ns.dns.cluster.local hostmaster.cluster.local 5']],
    ['10-244-1-7.shop.pod.cluster.local', 'A', ['10.244.1.7']],
    ['2001-db8--7.shop.pod.cluster.local', 'AAAA', ['2001:db8::7']],
  ])('%s has %s records', (name, type, expected) => {
    const { rcode, authoritative, answers, authorities } = ask(name, type);
    expect({ rcode, authoritative, authorities }).toEqual({
      rcode: 'NOERROR',
      authoritative: true,
      authorities: [],
    });
    expect(lines(answers)).toEqual(expected.map((data) => `${name} ${type} ${data}`));
  });

  it('is found in whatever case, and spelled back as it was asked for: RFC 4343', () => {
    const { answers } = ask('Cart.SHOP.svc.Cluster.Local');
    expect(lines(answers)).toEqual(['Cart.SHOP.svc.Cluster.Local A 10.96.0.10']);
  });

  it('is kept for 5 seconds, or as long as is said', () => {
    expect(ask('cart.shop.svc.cluster.local').answers).toMatchObject([{ ttl: 5 }]);
    expect(ask('cart.shop.svc.cluster.local', 'A', { ttl: 30 }).answers).toMatchObject([
      { ttl: 30 },
    ]);
    expect(ask('nobody.shop.svc.cluster.local', 'A', { ttl: 30 }).authorities).toMatchObject([
      { ttl: 30, data: { minimum: 30 } },
    ]);
  });

  it('is under the cluster domain of the Snapshot', () => {
    const other = compile(MANIFESTS, { clusterDomain: 'corp.example' }).snapshot;
    const question = { name: 'cart.shop.svc.corp.example', type: 'A', class: 'IN' };
    expect(lines(resolve(other, question).answers)).toEqual([
      'cart.shop.svc.corp.example A 10.96.0.10',
    ]);
    const refused = { ...question, name: 'cart.shop.svc.cluster.local' };
    expect(resolve(other, refused)).toMatchObject({ rcode: 'REFUSED' });
  });
});

describe('an SRV record', () => {
  it('comes with the addresses of its targets, each once: RFC 2782', () => {
    expect(lines(ask('_sql._tcp.db.shop.svc.cluster.local', 'SRV').additionals)).toEqual([
      'db-0.db.shop.svc.cluster.local A 10.244.1.7',
      'db-0.db.shop.svc.cluster.local AAAA 2001:db8:1::7',
      '10-244-1-8.db.shop.svc.cluster.local A 10.244.1.8',
    ]);
    expect(ask('db.shop.svc.cluster.local').additionals).toEqual([]);
  });
});

describe('a negative answer', () => {
  it.each([
    ['nobody.shop.svc.cluster.local'],
    ['x.cart.shop.svc.cluster.local'],
    ['_sctp.cart.shop.svc.cluster.local'],
    ['nowhere.svc.cluster.local'],
    ['cart.nowhere.svc.cluster.local'],
    ['nowhere.pod.cluster.local'],
    ['10-0-0-1.nowhere.pod.cluster.local'],
    ['a.10-0-0-1.shop.pod.cluster.local'],
    ['1000-0-0-1.shop.pod.cluster.local'],
    ['2001:db8::1.shop.pod.cluster.local'],
    ['cart.shop.cluster.local'],
    ['www.example.com.cluster.local'],
    ['cart\\046shop.svc.cluster.local'],
    ['shop/cart.svc.cluster.local'],
    ['.svc.cluster.local'],
    ['quiet.silence.svc.cluster.local'],
  ])('says that %s is not there, and for how long: RFC 2308 section 2.1', (name) => {
    for (const type of ['A', 'TXT', 'ANY', 'TYPE65']) {
      const { rcode, authoritative, answers, authorities } = ask(name, type);
      expect({ rcode, authoritative, answers }).toEqual({
        rcode: 'NXDOMAIN',
        authoritative: true,
        answers: [],
      });
      expect(lines(authorities)).toEqual([SOA]);
    }
  });

  it.each([
    ['cart.shop.svc.cluster.local', 'TXT'],
    ['db-0.db.shop.svc.cluster.local', 'SRV'],
    ['10-244-1-8.db.shop.svc.cluster.local', 'AAAA'],
    ['_tcp.cart.shop.svc.cluster.local', 'SRV'],
    ['_tcp.db.shop.svc.cluster.local', 'A'],
    ['shop.svc.cluster.local', 'A'],
    ['silence.svc.cluster.local', 'A'],
    ['svc.cluster.local', 'A'],
    ['pod.cluster.local', 'A'],
    ['shop.pod.cluster.local', 'A'],
    ['10-0-0-1.shop.pod.cluster.local', 'AAAA'],
    ['dns.cluster.local', 'A'],
    ['ns.dns.cluster.local', 'A'],
    ['dns-version.cluster.local', 'A'],
    ['cluster.local', 'A'],
  ])('says that %s is there without %s records: RFC 2308 section 2.2', (name, type) => {
    const { rcode, answers, authorities } = ask(name, type);
    expect({ rcode, answers }).toEqual({ rcode: 'NOERROR', answers: [] });
    expect(lines(authorities)).toEqual([SOA]);
  });

  it('has the SOA record of a reverse zone where the address is ours', () => {
    const { rcode, authorities } = ask('10.0.96.10.in-addr.arpa', 'A');
    expect(rcode).toBe('NOERROR');
    expect(lines(authorities)).toEqual([
      'in-addr.arpa SOA ns.dns.cluster.local hostmaster.cluster.local 5',
    ]);
  });

  it('has another serial number for another Snapshot', () => {
    const serial = (manifests: string) => {
      const question = { name: 'cluster.local', type: 'SOA', class: 'IN' };
      return resolve(compile(manifests).snapshot, question).answers[0]?.data;
    };
    expect(serial(MANIFESTS)).toEqual(serial(MANIFESTS));
    expect(serial(MANIFESTS)).not.toEqual(serial(''));
  });
});

describe('an alias', () => {
  it('that leads out of the cluster is the answer, whatever the type', () => {
    for (const type of ['A', 'AAAA', 'SRV', 'CNAME', 'ANY']) {
      expect(ask('outside.shop.svc.cluster.local', type)).toMatchObject({
        rcode: 'NOERROR',
        authoritative: true,
        answers: [{ data: { type: 'CNAME', target: 'www.example.com' } }],
        authorities: [],
      });
    }
  });

  it('is followed within the cluster, alias after alias', () => {
    expect(lines(ask('NEAR.shop.svc.cluster.local').answers)).toEqual([
      'NEAR.shop.svc.cluster.local CNAME further.shop.svc.cluster.local',
      'further.shop.svc.cluster.local CNAME cart.shop.svc.cluster.local',
      'cart.shop.svc.cluster.local A 10.96.0.10',
    ]);
    expect(ask('near.shop.svc.cluster.local', 'CNAME').answers).toHaveLength(1);
  });

  it('has the code of where it leads: RFC 6604', () => {
    const astray = ask('astray.shop.svc.cluster.local');
    expect(astray).toMatchObject({ rcode: 'NXDOMAIN', answers: [{ data: { type: 'CNAME' } }] });
    expect(lines(astray.authorities)).toEqual([SOA]);
    const withoutData = ask('further.shop.svc.cluster.local', 'TXT');
    expect(withoutData).toMatchObject({ rcode: 'NOERROR', answers: [{ data: { type: 'CNAME' } }] });
    expect(lines(withoutData.authorities)).toEqual([SOA]);
  });

  it('that leads round in a circle is followed once', () => {
    expect(lines(ask('there.round.svc.cluster.local').answers)).toEqual([
      'there.round.svc.cluster.local CNAME back.round.svc.cluster.local',
      'back.round.svc.cluster.local CNAME there.round.svc.cluster.local',
    ]);
  });

  it('is followed 16 times at most', () => {
    const chain = Array.from(
      { length: 20 },
      (_, index) => `---
apiVersion: v1
kind: Service
metadata: { name: s${index} }
spec: { type: ExternalName, externalName: s${index + 1}.default.svc.cluster.local }
`,
    ).join('');
    const question = { name: 's0.default.svc.cluster.local', type: 'A', class: 'IN' };
    expect(resolve(compile(chain).snapshot, question).answers).toHaveLength(16);
  });
});

describe('what is refused', () => {
  const refused = {
    rcode: 'REFUSED',
    authoritative: false,
    answers: [],
    authorities: [],
    additionals: [],
  };

  it.each(['', 'local', 'www.example.com', 'xcluster.local', 'cluster.local.example.com'])(
    'are names of other zones: %j',
    (name) => expect(ask(name)).toEqual(refused),
  );

  it.each(['1.0.0.127.in-addr.arpa', '96.10.in-addr.arpa', 'in-addr.arpa', 'ip6.arpa'])(
    'are addresses of others, since the reverse zones are not ours alone: %s',
    (name) => expect(ask(name, 'PTR')).toEqual(refused),
  );

  it.each(['AXFR', 'IXFR'])('are zone transfers: %s', (type) => {
    expect(ask('cluster.local', type)).toEqual(refused);
  });

  it.each(['CH', 'HS', 'ANY'])('are other classes than IN: %s', (other) => {
    const question = { name: 'cart.shop.svc.cluster.local', type: 'A', class: other };
    expect(resolve(snapshot, question)).toEqual(refused);
  });
});

describe('a question for ANY', () => {
  it('is answered with one set of records: RFC 8482', () => {
    const name = 'cart.shop.svc.cluster.local';
    expect(lines(ask(name, 'ANY').answers)).toEqual([`${name} A 10.96.0.10`]);
    expect(ask('shop.svc.cluster.local', 'ANY')).toMatchObject({ rcode: 'NOERROR', answers: [] });
  });
});

describe('the order of addresses', () => {
  const name = 'db.shop.svc.cluster.local';
  const addresses = (random?: () => number) =>
    ask(name, 'A', random && { random }).answers.map(({ data }) => dataOf(data));

  it('is always the same, or begins anywhere where randomness is handed in', () => {
    expect(addresses()).toEqual(['10.244.1.7', '10.244.1.8']);
    expect(addresses(() => 0)).toEqual(['10.244.1.7', '10.244.1.8']);
    expect(addresses(() => 0.5)).toEqual(['10.244.1.8', '10.244.1.7']);
  });
});
