import { authority, compareText, type DNSRecord } from '@portolan/core';

import type { DNSChange } from '../diff/diff-result.ts';
import { counted } from '../side/counted.ts';
import type { Side } from '../side/side.ts';
import { reverseAddress } from './reverse-address.ts';

type Described = Pick<Side, 'allocated' | 'dnsRecords' | 'standInAt'>;

/** One name's records of one type. */
interface Answers {
  readonly name: string;
  readonly type: DNSRecord['type'];
  readonly written: Set<string>;
  /** In place of addresses of stand-ins. */
  readonly standIns: string[];
}

/**
 * The names that are answered in another way. Addresses that nobody wrote down don't count: those of stand-ins, and cluster
 * IPs that no manifest fixes. Names that are made of them are left out.
 */
export function dnsChanges(before: Described, after: Described): readonly DNSChange[] {
  const [answersBefore, answersAfter] = [answersOf(before), answersOf(after)];
  const all = new Map([...answersBefore, ...answersAfter]);
  return [...all]
    .toSorted(([a], [b]) => compareText(a, b))
    .flatMap(([key, { name, type }]) => {
      const was = inWords(answersBefore.get(key));
      const is = inWords(answersAfter.get(key));
      return was.join(' ') === is.join(' ') ? [] : [{ name, type, before: was, after: is }];
    });
}

function answersOf(side: Described): ReadonlyMap<string, Answers> {
  const found = new Map<string, Answers>();
  for (const record of side.dnsRecords) {
    const { name, type } = record;
    if (isInventedName(side, name)) continue;
    const key = `${name} ${type}`;
    let answers = found.get(key);
    if (answers === undefined) {
      answers = { name, type, written: new Set(), standIns: [] };
      found.set(key, answers);
    }
    addAnswer(side, record, answers);
  }
  return found;
}

function addAnswer(side: Described, record: DNSRecord, { written, standIns }: Answers): void {
  switch (record.type) {
    case 'A':
    case 'AAAA': {
      const owner = side.standInAt(record.address);
      if (owner !== undefined) standIns.push(owner);
      else written.add(side.allocated.has(record.address) ? 'cluster IP' : record.address);
      return;
    }
    case 'SRV': {
      const owner = standInCalled(side, record.target);
      if (owner === undefined) written.add(authority(record.target, record.port));
      else standIns.push(authority(owner, record.port));
      return;
    }
    case 'CNAME':
    case 'PTR':
      written.add(record.target);
  }
}

function inWords(answers: Answers | undefined): readonly string[] {
  return answers ? [...answers.written, ...counted(answers.standIns)].toSorted(compareText) : [];
}

function isInventedName(side: Described, name: string): boolean {
  const address = reverseAddress(name);
  return address === undefined
    ? standInCalled(side, name) !== undefined
    : side.allocated.has(address) || side.standInAt(address) !== undefined;
}

/** Whose stand-in a name is made of the address of: `127-1-2-3.db.shop.svc.cluster.local`. */
function standInCalled(side: Described, name: string): string | undefined {
  const [label = ''] = name.split('.');
  if (!label.includes('-')) return undefined;
  return side.standInAt(label.replaceAll('-', '.')) ?? side.standInAt(label.replaceAll('-', ':'));
}
