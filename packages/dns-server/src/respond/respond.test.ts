import { Buffer } from 'node:buffer';

import { shardServices } from '@portolan/engine';
import { decode, type DecodedPacket } from 'dns-packet';
import { describe, expect, it } from 'vitest';

import { cluster, MANY } from '../../test/cluster.ts';
import { query } from '../../test/query.ts';
import { respond, type RespondOptions, type Transport } from './respond.ts';

const snapshot = cluster();
const options: RespondOptions = { snapshot: () => snapshot };

/** What is responded, read by dns-packet. */
function ask(
  message: Uint8Array,
  transport: Transport = 'datagram',
): DecodedPacket & { readonly bytes: number; readonly rcode?: string } {
  const response = respond(message, transport, options)?.message;
  if (response === undefined) throw new Error('there is no response');
  return { ...decode(Buffer.from(response)), bytes: response.length };
}

describe('the response to a query', () => {
  it('has its id, its question and the answer', () => {
    expect(ask(query({ id: 7 }))).toMatchObject({
      id: 7,
      type: 'response',
      rcode: 'NOERROR',
      flag_aa: true,
      flag_tc: false,
      flag_ra: false,
      questions: [{ name: 'cart.shop.svc.cluster.local', type: 'A', class: 'IN' }],
      answers: [
        { name: 'cart.shop.svc.cluster.local', type: 'A', class: 'IN', ttl: 5, data: '10.96.0.10' },
      ],
      additionals: [],
    });
  });

  it('says back whether recursion is desired and checking disabled, and that there is no recursion', () => {
    expect(ask(query({ flags: 0x0110 }))).toMatchObject({ flag_rd: true, flag_cd: true });
    expect(ask(query())).toMatchObject({ flag_rd: false, flag_cd: false, flag_ra: false });
  });

  it('has records of every kind', () => {
    const of = (type: string, name: string) => ask(query({ name, type })).answers?.[0];
    expect(of('AAAA', 'cart.shop.svc.cluster.local')).toMatchObject({ data: '2001:db8::10' });
    expect(of('A', 'outside.shop.svc.cluster.local')).toMatchObject({
      type: 'CNAME',
      data: 'www.example.com',
    });
    expect(of('SRV', '_http._tcp.cart.shop.svc.cluster.local')).toMatchObject({
      data: { priority: 0, weight: 100, port: 80, target: 'cart.shop.svc.cluster.local' },
    });
    expect(of('PTR', '10.0.96.10.in-addr.arpa')).toMatchObject({
      data: 'cart.shop.svc.cluster.local',
    });
    expect(of('TXT', 'dns-version.cluster.local')).toMatchObject({ data: [Buffer.from('1.1.0')] });
    expect(of('NS', 'cluster.local')).toMatchObject({ data: 'ns.dns.cluster.local' });
    expect(of('SOA', 'cluster.local')).toMatchObject({
      data: { mname: 'ns.dns.cluster.local', rname: 'hostmaster.cluster.local', minimum: 5 },
    });
  });

  it('is spelled as the query is, each letter in its case', () => {
    const name = 'cArT.ShOp.SvC.cLuStEr.LoCaL';
    expect(ask(query({ name }))).toMatchObject({ questions: [{ name }], answers: [{ name }] });
  });

  it('has the SOA record where there is no answer', () => {
    const { rcode, flag_aa, answers, authorities } = ask(query({ name: 'x.svc.cluster.local' }));
    expect({ rcode, flag_aa, answers }).toEqual({ rcode: 'NXDOMAIN', flag_aa: true, answers: [] });
    expect(authorities).toMatchObject([{ name: 'cluster.local', type: 'SOA' }]);
    expect(ask(query({ type: 'TXT' }))).toMatchObject({
      rcode: 'NOERROR',
      answers: [],
      authorities: [{ type: 'SOA' }],
    });
    expect(ask(query({ type: 'UNKNOWN_65' }))).toMatchObject({ rcode: 'NOERROR', answers: [] });
  });

  it('is REFUSED for other zones, without authority', () => {
    expect(ask(query({ name: 'www.example.com' }))).toMatchObject({
      rcode: 'REFUSED',
      flag_aa: false,
      questions: [{ name: 'www.example.com' }],
      authorities: [],
    });
    expect(ask(query({ class: 'CH', name: 'version.bind' }))).toMatchObject({ rcode: 'REFUSED' });
    expect(ask(query({ name: '.', type: 'NS' }))).toMatchObject({ rcode: 'REFUSED' });
    expect(ask(query({ type: 'AXFR' }))).toMatchObject({ rcode: 'REFUSED' });
  });

  it('is SERVFAIL, and told, for what DNS can not say', () => {
    const errors: unknown[] = [];
    const name = 'untellable.shop.svc.cluster.local';
    const response = respond(query({ name }), 'stream', {
      ...options,
      onError: (error) => errors.push(error),
    });
    expect(response?.told).toEqual({ rcode: 'SERVFAIL' });
    expect(errors).toEqual([
      new RangeError(`${'x'.repeat(64)}.example.com is longer than a name can be in DNS`),
    ]);
    expect(ask(query({ name }))).toMatchObject({ rcode: 'SERVFAIL', questions: [{ name }] });
  });
});

describe('names', () => {
  it('are written once, and pointed to thereafter: RFC 1035 section 4.1.4', () => {
    // Header, question, and of the answer the pointer, the fixed fields and the address.
    expect(ask(query()).bytes).toBe(12 + 29 + 4 + (2 + 10 + 4));
    expect(ask(query({ name: 'near.shop.svc.cluster.local' })).bytes).toBe(
      12 + 29 + 4 + (2 + 10 + 7) + (2 + 10 + 4),
    );
  });

  it('are written in full as targets of SRV records: RFC 2782', () => {
    const { bytes } = ask(query({ name: '_http._tcp.cart.shop.svc.cluster.local', type: 'SRV' }));
    expect(bytes).toBe(12 + 40 + 4 + (2 + 10 + 6 + 29) + (2 + 10 + 4) + (2 + 10 + 16));
  });

  it('are told apart where a dot stands within a label', () => {
    const message = query();
    message[12 + 5] = 0x2e;
    message[12] = 9;
    expect(ask(message)).toMatchObject({ rcode: 'NXDOMAIN' });
    const sentBack = respond(message, 'stream', options)?.message.slice(12, message.length);
    expect(sentBack).toEqual(new Uint8Array(message.subarray(12)));
  });
});

describe('EDNS', () => {
  it('is spoken with those who do: RFC 6891', () => {
    const { additionals } = ask(query({ edns: {} }));
    expect(additionals).toMatchObject([
      { type: 'OPT', name: '.', udpPayloadSize: 1232, ednsVersion: 0, flags: 0, options: [] },
    ]);
    expect(ask(query({ edns: { flags: 0x8000 } })).additionals).toMatchObject([{ flag_do: true }]);
    expect(ask(query({ name: 'example.com', edns: {} }))).toMatchObject({
      rcode: 'REFUSED',
      additionals: [{ type: 'OPT' }],
    });
  });

  it('of another version than 0 is BADVERS: RFC 6891 section 6.1.3', () => {
    expect(ask(query({ edns: { ednsVersion: 1 } }))).toMatchObject({
      rcode: 'NOERROR',
      answers: [],
      additionals: [{ type: 'OPT', ednsVersion: 0, extendedRcode: 1 }],
    });
  });

  it('has one OPT record, at the root: RFC 6891 section 6.1.1', () => {
    const once = query({ edns: {} });
    const twice = new Uint8Array([...once, ...once.subarray(-11)]);
    twice[11] = 2;
    expect(ask(twice)).toMatchObject({ rcode: 'FORMERR' });
    const elsewhere = new Uint8Array([...once.subarray(0, -11), 1, 0x78, ...once.subarray(-11)]);
    expect(ask(elsewhere)).toMatchObject({ rcode: 'FORMERR' });
  });
});

describe('a response that is too large for a datagram', () => {
  const name = 'many.shop.svc.cluster.local';

  it.each([
    [undefined, 512],
    [100, 512],
    [800, 800],
    [4096, 1232],
  ])('is cut off after the records that fit: for %s at %i bytes', (udpPayloadSize, limit) => {
    const edns = udpPayloadSize === undefined ? undefined : { udpPayloadSize };
    const response = ask(query({ name, ...(edns && { edns }) }));
    expect(response.flag_tc).toBe(true);
    expect(response.bytes).toBeLessThanOrEqual(limit);
    expect(response.bytes).toBeGreaterThan(limit - 16);
    expect(response.answers?.map((each) => 'data' in each && each.data)).toEqual(
      MANY.slice(0, response.answers?.length),
    );
    expect(response.additionals).toHaveLength(edns ? 1 : 0);
  });

  it('is whole over a stream', () => {
    const response = ask(query({ name }), 'stream');
    expect(response).toMatchObject({ flag_tc: false });
    expect(response.answers).toHaveLength(MANY.length);
  });

  it('is cut off over a stream too, which has no more than 64 KB', () => {
    const dnsRecords = Array.from({ length: 10_000 }, (_, index) => ({
      type: 'A' as const,
      name: 'vast.shop.svc.cluster.local',
      address: `10.1.${index >> 8}.${index & 255}`,
    }));
    const vast = { namespace: 'shop', name: 'vast', ports: [], ipFamilies: [], dnsRecords };
    const message = respond(query({ name: 'vast.shop.svc.cluster.local', edns: {} }), 'stream', {
      snapshot: () => ({ ...snapshot, services: shardServices([vast]) }),
    })?.message;
    expect(message?.length).toBeGreaterThan(65_535 - 16);
    expect(message?.length).toBeLessThanOrEqual(65_535);
    expect(decode(Buffer.from(message ?? []))).toMatchObject({ flag_tc: true });
  });

  it('does without additional records first, which is no truncation: RFC 2181 section 9', () => {
    const few = query({ name: '_http._tcp.few.shop.svc.cluster.local', type: 'SRV' });
    expect(ask(few, 'stream').additionals).toHaveLength(6);
    const response = ask(few);
    expect(response).toMatchObject({ flag_tc: false, additionals: [] });
    expect(response.answers).toHaveLength(6);
  });
});

describe('a message that is no query', () => {
  it('is not answered where it is a response', () => {
    const response = query();
    response[2] = 0x80;
    expect(respond(response, 'stream', options)).toBeUndefined();
  });

  it('is not answered where it has no header', () => {
    for (let length = 0; length < 12; length += 1) {
      expect(respond(query().subarray(0, length), 'stream', options)).toBeUndefined();
    }
  });

  it.each([['of another opcode', { flags: 0x2000 }, { rcode: 'NOTIMP', opcode: 'NOTIFY' }]])(
    '%s is not implemented',
    (_, asked, expected) => {
      expect(ask(query(asked))).toMatchObject({ id: 0x1234, ...expected, questions: [] });
    },
  );

  it('without a question, or with several, is a format error: RFC 9619', () => {
    for (const count of [0, 2]) {
      const message = new Uint8Array([...query(), ...query().subarray(12)]);
      message[5] = count;
      expect(ask(message)).toMatchObject({ id: 0x1234, rcode: 'FORMERR', questions: [] });
    }
  });

  it('that ends too early is a format error, wherever it ends', () => {
    const message = query({ edns: {} });
    for (let length = 12; length < message.length; length += 1) {
      expect(ask(message.subarray(0, length))).toMatchObject({ id: 0x1234, rcode: 'FORMERR' });
    }
  });

  it('that announces more records than it could have is a format error', () => {
    const message = query();
    message.fill(0xff, 6, 12);
    expect(ask(message)).toMatchObject({ rcode: 'FORMERR' });
  });

  it.each([
    ['a pointer', 0xc0],
    ['a label of a kind that there is not', 0x40],
  ])('whose question is %s is a format error', (_, byte) => {
    const message = query();
    message[12] = byte;
    expect(ask(message)).toMatchObject({ rcode: 'FORMERR' });
  });

  it('of any bytes is answered with a response, or with none', () => {
    const seeds = [
      query({ edns: {} }),
      query({ name: 'many.shop.svc.cluster.local' }),
      query({
        name: '_http._tcp.few.shop.svc.cluster.local',
        type: 'SRV',
        edns: { flags: 0x8000 },
      }),
    ];
    const random = seeded(5);
    for (let run = 0; run < 3000; run += 1) {
      const message = new Uint8Array(seeds[run % seeds.length] ?? []);
      for (let change = 0; change <= run % 4; change += 1) {
        message[random() % message.length] = random() % 256;
      }
      const id = (message[0] ?? 0) * 256 + (message[1] ?? 0);
      const response = respond(message, 'datagram', options)?.message;
      const isResponse = (message[2] ?? 0) >= 0x80;
      const read = response && decode(Buffer.from(response));
      expect([read?.id, read?.type]).toEqual(
        isResponse ? [undefined, undefined] : [id, 'response'],
      );
    }
  });
});

/** Whole numbers from 0, the same for the same seed. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 8;
  };
}
