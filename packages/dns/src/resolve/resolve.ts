import type { Answer, Question, RecordData, ResourceRecord } from '../answer/answer.ts';
import { lookUp, startOfAuthority, type Named } from '../look-up/look-up.ts';

export interface ResolveOptions {
  /** Seconds that answers may be kept, negative ones too; 5 by default. */
  readonly ttl?: number;
  /** Numbers in [0, 1): several addresses then begin with any of them. Without it their order is always the same. */
  readonly random?: () => number;
}

/** Aliases that are followed one after another. */
const LONGEST_CHAIN = 16;

/** Nobody is given a zone to keep. */
const ZONE_TRANSFERS = new Set(['AXFR', 'IXFR']);

const REFUSED: Answer = {
  rcode: 'REFUSED',
  authoritative: false,
  answers: [],
  authorities: [],
  additionals: [],
};

/**
 * What cluster DNS answers to a question. Nobody else is ever asked: an alias that leads out of the cluster is the answer as it
 * stands, and a name that is in no zone of ours is refused, as are other classes than IN and zone transfers.
 *
 * - A name that isn't there is NXDOMAIN, one without records of the type NOERROR; both with the SOA record of their zone (RFC
 *   2308). The code of an alias is that of where it leads (RFC 6604 section 3).
 * - SRV records come with the addresses of their targets: RFC 2782.
 * - `ANY` is answered with one set of records of those at the name: RFC 8482 section 4.1.
 *
 * Source: Kubernetes DNS-Based Service Discovery 1.1.0; RFC 1034 section 4.3.2.
 */
export function resolve(
  snapshot: Named,
  question: Question,
  { ttl = 5, random }: ResolveOptions = {},
): Answer {
  if (question.class !== 'IN' || ZONE_TRANSFERS.has(question.type)) return REFUSED;
  const answers: ResourceRecord[] = [];
  const passed = new Set<string>();
  let owner = question.name;
  for (;;) {
    const name = owner.toLowerCase();
    const found = lookUp(snapshot, name, ttl);
    if (found === undefined) {
      return answers.length === 0 ? REFUSED : { ...AUTHORITATIVE, answers };
    }
    const records = recordsOf(found.records ?? [], question.type);
    if (records.length > 0) {
      return {
        ...AUTHORITATIVE,
        answers: [...answers, ...recordsAt(owner, turned(records, random), ttl)],
        additionals: addressesOf(snapshot, records, ttl),
      };
    }
    const alias = found.records?.find(isAlias);
    if (alias === undefined) {
      return {
        ...AUTHORITATIVE,
        rcode: found.records === undefined ? 'NXDOMAIN' : 'NOERROR',
        answers,
        authorities: recordsAt(found.zone, [startOfAuthority(snapshot, ttl)], ttl),
      };
    }
    answers.push({ name: owner, ttl, data: alias });
    passed.add(name);
    if (passed.has(alias.target) || passed.size === LONGEST_CHAIN) {
      return { ...AUTHORITATIVE, answers };
    }
    owner = alias.target;
  }
}

const AUTHORITATIVE: Answer = { ...REFUSED, rcode: 'NOERROR', authoritative: true };

function recordsOf(records: readonly RecordData[], type: string): readonly RecordData[] {
  const wanted = type === 'ANY' ? records[0]?.type : type;
  return records.filter((record) => record.type === wanted);
}

function recordsAt(
  name: string,
  records: readonly RecordData[],
  ttl: number,
): readonly ResourceRecord[] {
  return records.map((data) => ({ name, ttl, data }));
}

/** Addresses beginning with another one, the others after it in turn. */
function turned(
  records: readonly RecordData[],
  random: (() => number) | undefined,
): readonly RecordData[] {
  if (random === undefined || records.length < 2 || !records.every(isAddress)) return records;
  const first = Math.floor(random() * records.length);
  return [...records.slice(first), ...records.slice(0, first)];
}

function addressesOf(
  snapshot: Named,
  records: readonly RecordData[],
  ttl: number,
): readonly ResourceRecord[] {
  const targets = new Set(
    records.flatMap((record) => (record.type === 'SRV' ? [record.target] : [])),
  );
  return [...targets].flatMap((target) => {
    const found = lookUp(snapshot, target, ttl)?.records ?? [];
    return recordsAt(target, found.filter(isAddress), ttl);
  });
}

function isAlias(record: RecordData): record is RecordData & { readonly type: 'CNAME' } {
  return record.type === 'CNAME';
}

function isAddress({ type }: RecordData): boolean {
  return type === 'A' || type === 'AAAA';
}
