import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { requestBody, type RequestBody } from './request-body.ts';

/** A client that sends chunks, each only after a while, and then ends or fails. */
interface Client {
  readonly chunks: readonly Uint8Array<ArrayBuffer>[];
  /** Microtasks before each chunk; 0: it is there at once. */
  readonly delays: readonly number[];
  readonly fails: boolean;
}

/** How far a try goes, and how it ends if the body doesn't before. */
interface Try {
  readonly reads: number;
  readonly ending:
    | 'cancelled'
    | 'cancelled in the middle of a read'
    | 'left open in the middle of a read';
}

const client: fc.Arbitrary<Client> = fc.record({
  chunks: fc.array(fc.uint8Array({ maxLength: 4 }), { maxLength: 6 }),
  delays: fc.array(fc.nat(20), { minLength: 7, maxLength: 7 }),
  fails: fc.boolean(),
});

const tries: fc.Arbitrary<readonly Try[]> = fc.array(
  fc.record({
    reads: fc.nat(7),
    ending: fc.constantFrom(
      'cancelled',
      'cancelled in the middle of a read',
      'left open in the middle of a read',
    ),
  }),
  { maxLength: 5 },
);

const untilTheEnd: Try = { reads: Infinity, ending: 'cancelled' };
const broken = new Error('the client has gone');

function streamOf({ chunks, delays, fails }: Client): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = 0;
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      pull: async (controller) => {
        for (let turns = delays[at] ?? 0; turns > 0; turns -= 1) await Promise.resolve();
        const chunk = chunks[at];
        at += 1;
        if (chunk !== undefined) controller.enqueue(chunk.slice());
        else if (fails) controller.error(broken);
        else controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}

interface Outcome {
  readonly bytes: readonly number[];
  readonly end: 'complete' | 'failed' | 'given up';
}

/** Takes the chunks' memory away, as a byte stream does. */
function detach(chunk: Uint8Array): readonly number[] {
  const bytes = [...chunk];
  structuredClone(chunk, { transfer: [chunk.buffer] });
  return bytes;
}

async function carryOut(body: RequestBody, { reads, ending }: Try): Promise<Outcome> {
  const reader = (body.send() ?? new ReadableStream<Uint8Array<ArrayBuffer>>()).getReader();
  const bytes: number[] = [];
  for (let read = 0; read < reads; read += 1) {
    try {
      const { done, value } = await reader.read();
      if (done) return { bytes, end: 'complete' };
      bytes.push(...detach(value));
    } catch {
      return { bytes, end: 'failed' };
    }
  }
  if (ending !== 'cancelled') reader.read().catch(() => undefined);
  if (ending !== 'left open in the middle of a read') await reader.cancel();
  return { bytes, end: 'given up' };
}

const sent = ({ chunks }: Client): readonly number[] => chunks.flatMap((chunk) => [...chunk]);

describe('watchedBody', () => {
  it('gives each try that reads to the end exactly what the client sent, or says that it can’t', async () => {
    await fc.assert(
      fc.asyncProperty(client, tries, fc.nat(24), async (from, attempts, keep) => {
        const all = sent(from);
        const body = requestBody(
          { body: streamOf(from), headers: new Headers() },
          { keep, onAsked: () => undefined },
        );
        for (const attempt of [...attempts, untilTheEnd]) {
          if (!body.isRepeatable()) break;
          const { bytes, end } = await carryOut(body, attempt);
          expect(bytes).toEqual(end === 'complete' ? all : all.slice(0, bytes.length));
          expect(end === 'complete' && from.fails).toBe(false);
          expect(end !== 'failed' || (from.fails && body.fault() === 'Broken')).toBe(true);
        }
        // It never says so without a reason.
        expect(body.isRepeatable() || body.fault() === 'Broken' || all.length > keep).toBe(true);
      }),
      { numRuns: 400, seed: 4 },
    );
  });

  it('passes on no byte beyond the limit, and nothing less than what is within it', async () => {
    await fc.assert(
      fc.asyncProperty(client, tries, fc.nat(24), async (from, attempts, limit) => {
        const all = sent(from);
        const body = requestBody(
          { body: streamOf({ ...from, fails: false }), headers: new Headers() },
          { keep: 24, limit },
        );
        for (const attempt of [...attempts, untilTheEnd]) {
          if (!body.isRepeatable()) break;
          const { bytes, end } = await carryOut(body, attempt);
          expect(bytes.length).toBeLessThanOrEqual(limit);
          expect(bytes).toEqual(end === 'complete' ? all : all.slice(0, bytes.length));
        }
        expect(body.fault()).toBe(all.length > limit ? 'TooLarge' : undefined);
      }),
      { numRuns: 400, seed: 4 },
    );
  });

  it('asks and gives by turns', async () => {
    await fc.assert(
      fc.asyncProperty(client, tries, fc.nat(24), async (from, attempts, keep) => {
        let isAsked = false;
        const body = requestBody(
          { body: streamOf(from), headers: new Headers() },
          {
            keep,
            onAsked: () => {
              expect(isAsked).toBe(false);
              isAsked = true;
            },
            onGiven: () => {
              expect(isAsked).toBe(true);
              isAsked = false;
            },
          },
        );
        for (const attempt of attempts) {
          if (body.isRepeatable()) await carryOut(body, attempt);
        }
        body.close();
        expect(isAsked).toBe(false);
      }),
      { numRuns: 400, seed: 4 },
    );
  });
});
