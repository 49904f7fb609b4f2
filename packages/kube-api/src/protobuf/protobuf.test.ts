import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { harness, LEASES, PODS, SERVICES } from '../../test/harness/harness.ts';

type Value = number | string | Uint8Array;

/** A message of fields, as [number, value]. */
function encode(...fields: readonly (readonly [number, Value])[]): Uint8Array {
  return Uint8Array.from(
    fields.flatMap(([number, value]) => {
      if (typeof value === 'number') return [...varint(number << 3), ...varint(value)];
      const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
      return [...varint((number << 3) | 2), ...varint(bytes.length), ...bytes];
    }),
  );
}

function varint(value: number): readonly number[] {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return [...bytes, Number(rest)];
}

function envelope(apiVersion: string, kind: string, raw: Uint8Array): Uint8Array<ArrayBuffer> {
  const typeMeta = encode([1, apiVersion], [2, kind]);
  return Uint8Array.from([
    ...new TextEncoder().encode('k8s\0'),
    ...encode([1, typeMeta], [2, raw]),
  ]);
}

const NAMED = encode([1, 'web'], [2, ''], [7, 0], [8, new Uint8Array()]);

async function post(
  path: string,
  body: Uint8Array<ArrayBuffer>,
  method = 'POST',
): Promise<Record<string, unknown>> {
  const response = await harness().api.fetch(
    new Request(`http://localhost${path}`, {
      method,
      body,
      headers: {
        authorization: 'Bearer admin-token-0123456789',
        'content-type': 'application/vnd.kubernetes.protobuf',
      },
    }),
  );
  return JSON.parse(await response.text());
}

describe('an object in protobuf', () => {
  it('is read as what it would be in JSON', async () => {
    const port = encode([1, ''], [3, 80], [4, encode([1, 0], [2, -1], [3, ''])], [5, 0]);
    const named = encode([1, 'web'], [3, 443], [4, encode([1, 1], [2, 0], [3, 'https'])]);
    const selector = encode([1, 'app'], [2, '']);
    const spec = encode([1, port], [1, named], [2, selector], [4, 'ClusterIP'], [13, 1], [20, 0]);
    const raw = encode([1, NAMED], [2, spec], [3, encode([1, encode()])]);
    expect(await post(SERVICES, envelope('v1', 'Service', raw))).toMatchObject({
      kind: 'Service',
      metadata: { name: 'web', generation: 1 },
      spec: {
        ports: [
          { port: 80, targetPort: -1 },
          { name: 'web', port: 443, targetPort: 'https' },
        ],
        selector: { app: '' },
        type: 'ClusterIP',
        publishNotReadyAddresses: true,
        allocateLoadBalancerNodePorts: false,
      },
    });
  });

  it('may be a Lease, as those have that are elected', async () => {
    const time = encode([1, 1_700_000_000], [2, 123_456_000]);
    const spec = encode([1, 'me'], [2, 15], [4, time], [5, 0]);
    const raw = encode([1, NAMED], [2, spec]);
    expect(await post(LEASES, envelope('coordination.k8s.io/v1', 'Lease', raw))).toMatchObject({
      spec: {
        holderIdentity: 'me',
        leaseDurationSeconds: 15,
        renewTime: '2023-11-14T22:13:20.123456Z',
        leaseTransitions: 0,
      },
    });
  });

  it('is refused rather than read in part', async () => {
    const spec = encode([4, 'ClusterIP'], [99, 'something']);
    const raw = encode([1, NAMED], [2, spec]);
    expect(await post(SERVICES, envelope('v1', 'Service', raw))).toMatchObject({
      code: 415,
      reason: 'UnsupportedMediaType',
      message: "field 99 of ServiceSpec can't be read from protobuf here: send application/json",
    });
    expect(await post(PODS, envelope('v1', 'Pod', raw))).toMatchObject({
      code: 415,
      message: "v1 Pod can't be read from protobuf here: send application/json",
    });
  });

  it('may have fields that are not known and say nothing', async () => {
    const raw = encode([1, NAMED], [2, encode([98, 0], [99, ''])]);
    expect(await post(SERVICES, envelope('v1', 'Service', raw))).toMatchObject({ kind: 'Service' });
  });

  it('that is malformed is 400, whatever it is', async () => {
    const whole = envelope('v1', 'Service', encode([1, NAMED], [2, encode([4, 'ClusterIP'])]));
    expect(await post(SERVICES, new Uint8Array([1, 2, 3]))).toMatchObject({ code: 400 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 4 }),
        fc.nat(whole.length),
        async (changes, length) => {
          const bytes = Uint8Array.from(whole.subarray(0, length));
          for (const [index, byte] of changes) if (index < length) bytes[index] = byte;
          expect((await post(SERVICES, bytes))['code']).not.toBe(500);
        },
      ),
      { numRuns: 200, seed: 3 },
    );
  });

  it('may be the options of a deletion', async () => {
    const raw = encode([4, 'Sideways']);
    expect(
      await post(`${SERVICES}/web`, envelope('v1', 'DeleteOptions', raw), 'DELETE'),
    ).toMatchObject({
      code: 422,
      message: expect.stringContaining('propagationPolicy: Unsupported value: "Sideways"'),
    });
  });
});
