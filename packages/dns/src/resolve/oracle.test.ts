import type { DNSRecord } from '@portolan/core';
import { replaceServices, shardServices, type SnapshotService } from '@portolan/engine';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Question } from '../answer/answer.ts';
import { resolve } from './resolve.ts';

const ZONE = 'cluster.local';

const namespaces = fc.constantFrom('a', 'b', 'svc');
const names = fc.constantFrom('x', 'y', 'z', 'svc');
const addresses = fc.constantFrom('10.0.0.1', '10.0.0.2', '10.0.0.3');

function reverseName(address: string): string {
  return `${address.split('.').toReversed().join('.')}.in-addr.arpa`;
}

/** The records of a Service by its name. */
type Kind = (name: string) => readonly DNSRecord[];

function portRecord(name: string, target: string): DNSRecord {
  return { type: 'SRV', name: `_p._tcp.${name}`, target, port: 80, priority: 0, weight: 100 };
}

function withClusterIP(address: string): Kind {
  return (name) => [
    { type: 'A', name, address },
    portRecord(name, name),
    { type: 'PTR', name: reverseName(address), target: name },
  ];
}

function headless(all: readonly string[]): Kind {
  return (name) => [
    ...all.map((address): DNSRecord => ({ type: 'A', name, address })),
    ...all.flatMap((address, index): readonly DNSRecord[] => {
      const target = `h${index}.${name}`;
      return [
        { type: 'A', name: target, address },
        portRecord(name, target),
        { type: 'PTR', name: reverseName(address), target },
      ];
    }),
  ];
}

function external(target: string): Kind {
  return (name) => [{ type: 'CNAME', name, target }];
}

const kinds: fc.Arbitrary<Kind> = fc.oneof(
  addresses.map(withClusterIP),
  fc.uniqueArray(addresses).map(headless),
  fc.tuple(names, namespaces).map(([name, of]) => external(`${name}.${of}.svc.${ZONE}`)),
  fc.constant(external('www.example.com')),
);

const services = fc.tuple(names, namespaces, kinds).map(([name, namespace, kind]) => {
  const dnsRecords = kind(`${name}.${namespace}.svc.${ZONE}`);
  const service: SnapshotService = {
    namespace,
    name,
    ports: [],
    ipFamilies: ['IPv4'],
    ...(dnsRecords.length > 0 && { dnsRecords }),
  };
  return service;
});

const lists = fc.uniqueArray(services, { selector: keyOf });

function keyOf({ namespace, name }: SnapshotService): `${string}/${string}` {
  return `${namespace}/${name}`;
}

const questions = fc.record({
  name: fc.oneof(
    fc
      .array(fc.constantFrom('x', 'y', 'svc', 'a', 'b', 'h0', '_p', '_tcp', 'pod'), {
        maxLength: 5,
      })
      .map((labels) => [...labels, ZONE].join('.')),
    fc
      .tuple(fc.constantFrom('', 'h1.', '_tcp.', '_p._tcp.'), names, namespaces)
      .map(([before, name, namespace]) => `${before}${name}.${namespace}.svc.${ZONE}`),
    addresses.map(reverseName),
    fc.constantFrom('www.example.com', '0.0.10.in-addr.arpa'),
  ),
  type: fc.constantFrom('A', 'AAAA', 'CNAME', 'PTR', 'SRV'),
  class: fc.constant('IN'),
});

/** Looks through all records of all Services for each name on the way. */
function naive(
  all: readonly SnapshotService[],
  question: { readonly name: string; readonly type: string },
): readonly string[] {
  const records = all.flatMap(({ dnsRecords = [] }) => dnsRecords);
  const isThere = (name: string) =>
    ['svc', 'pod', ...all.flatMap(({ namespace: of }) => [`${of}.svc`, `${of}.pod`])]
      .map((each) => `${each}.${ZONE}`)
      .concat(ZONE)
      .concat(records.map((record) => record.name))
      .some((each) => each === name || each.endsWith(`.${name}`));
  const told: string[] = [];
  const passed: string[] = [];
  let { name } = question;
  for (;;) {
    const isInZone = name === ZONE || name.endsWith(`.${ZONE}`);
    const isOurs = isInZone || records.some((record) => record.name === name);
    if (!isOurs) return told.length === 0 ? ['REFUSED'] : ['NOERROR', ...told];
    const here = records.filter((record) => record.name === name);
    const found = here.filter(({ type }) => type === question.type);
    if (found.length > 0) return ['NOERROR', ...told, ...found.map(line)];
    const alias = here.find(({ type }) => type === 'CNAME');
    if (alias?.type !== 'CNAME') {
      const soa = `SOA ${isInZone ? ZONE : 'in-addr.arpa'}`;
      return [isThere(name) ? 'NOERROR' : 'NXDOMAIN', ...told, soa];
    }
    told.push(line(alias));
    passed.push(name);
    if (passed.includes(alias.target)) return ['NOERROR', ...told];
    name = alias.target;
  }
}

function line({ name, ...data }: DNSRecord): string {
  return `${name} ${JSON.stringify(data)}`;
}

function answer(shards: ReturnType<typeof shardServices>, question: Question): readonly string[] {
  const snapshot = { clusterDomain: ZONE, version: '', services: shards };
  const { rcode, answers, authorities } = resolve(snapshot, question);
  return [
    rcode,
    ...answers.map(({ name, data }) => `${name} ${JSON.stringify(data)}`),
    ...authorities.map(({ name, data }) => `${data.type} ${name}`),
  ];
}

describe('what is answered', () => {
  it('is what looking through all records gives', () => {
    fc.assert(
      fc.property(lists, fc.array(questions, { minLength: 5 }), (all, asked) => {
        const sorted = all.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
        for (const question of asked) {
          expect(answer(shardServices(all), question)).toEqual(naive(sorted, question));
        }
      }),
      { numRuns: 400 },
    );
  });

  it('is of the Services as they are after a change, and before it as they were', () => {
    fc.assert(
      fc.property(lists, lists, fc.array(questions, { minLength: 5 }), (all, changes, asked) => {
        const before = shardServices(all);
        const answersBefore = asked.map((question) => answer(before, question));
        const after = replaceServices(
          { services: before },
          new Map(changes.map((each) => [keyOf(each), each])),
        );
        const then = [
          ...all.filter((each) => !changes.some((other) => keyOf(other) === keyOf(each))),
          ...changes,
        ].toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
        for (const [index, question] of asked.entries()) {
          expect(answer(after, question)).toEqual(naive(then, question));
          expect(answer(before, question)).toEqual(answersBefore[index]);
        }
      }),
    );
  });
});
