import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { decodeScenario, encodeScenario } from './permalink.ts';
import { ScenarioFault } from './scenario-fault.ts';
import { NO_CHANGES, type Scenario } from './scenario.ts';

const text = fc.string({ unit: 'binary' });
const strings = fc.dictionary(text, text, { noNullPrototype: true });

const scenario: fc.Arbitrary<Scenario> = fc.record({
  manifests: text,
  request: fc.record(
    {
      url: text,
      method: text,
      headers: strings,
      from: text,
      entrance: fc.constantFrom('internal' as const, 'external' as const),
      node: text,
      zone: text,
    },
    { requiredKeys: ['url'], noNullPrototype: true },
  ),
  pods: fc.record({
    pods: fc.dictionary(
      fc.stringMatching(/^[a-z]+\/[a-z]+$/),
      fc.record(
        {
          state: fc.constantFrom('failing' as const, 'refusing' as const, 'draining' as const),
          labels: strings,
        },
        { requiredKeys: [], noNullPrototype: true },
      ),
      { noNullPrototype: true },
    ),
    replicas: fc.dictionary(
      fc.stringMatching(/^[A-Z][a-z]+ [a-z]+\/[a-z]+$/),
      fc.integer({ min: 0, max: 50 }),
      { noNullPrototype: true },
    ),
  }),
});

const shop: Scenario = {
  manifests: 'apiVersion: v1\nkind: Service\nmetadata: { name: cart }\n',
  request: { url: 'http://shop.example/cart' },
  pods: NO_CHANGES,
};

/** What a link with this inside looks like. */
async function packed(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const deflated = Buffer.from(await new Response(stream).arrayBuffer());
  return `1.${deflated.toString('base64url')}`;
}

const packedJSON = (value: unknown): Promise<string> =>
  packed(new TextEncoder().encode(JSON.stringify(value)));

describe('a permalink', () => {
  it('gives back what it was made of', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async (given) => {
        expect(await decodeScenario(await encodeScenario(given))).toEqual(given);
      }),
    );
  });

  it('is made of what a fragment holds as it is', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async (given) => {
        expect(await encodeScenario(given)).toMatch(/^1\.[\w-]+$/);
      }),
    );
  });

  it('keeps keys that objects have of themselves', async () => {
    const labels: Readonly<Record<string, string>> = JSON.parse(
      '{"constructor": "1", "__proto__": "2"}',
    );
    const given = { ...shop, pods: { ...NO_CHANGES, pods: { 'shop/cart-1': { labels } } } };
    const { pods } = await decodeScenario(await encodeScenario(given));
    expect(Object.entries(pods.pods['shop/cart-1']?.labels ?? {})).toEqual(Object.entries(labels));
  });

  it('is short for manifests that repeat themselves', async () => {
    const manifests = shop.manifests.repeat(1000);
    expect((await encodeScenario({ ...shop, manifests })).length).toBeLessThan(1000);
  });

  it('is not made of more than can be read', async () => {
    const manifests = 'a'.repeat(4 * 1024 * 1024);
    await expect(encodeScenario({ ...shop, manifests })).rejects.toThrow(ScenarioFault);
    const almost = { ...shop, manifests: manifests.slice(1000) };
    expect(await decodeScenario(await encodeScenario(almost))).toEqual(almost);
  });
});

describe('what is no permalink', () => {
  const outcome = async (given: string): Promise<unknown> => {
    try {
      await decodeScenario(given);
      return 'taken';
    } catch (error) {
      return error instanceof ScenarioFault ? 'fault' : error;
    }
  };

  it('is a fault, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          text,
          text.map((rest) => `1.${rest}`),
          fc.base64String().map((rest) => `1.${rest.replace(/=*$/, '')}`),
          fc.uint8Array().map((bytes) => `1.${Buffer.from(bytes).toString('base64url')}`),
        ),
        async (given) => {
          expect(await outcome(given)).toBe('fault');
        },
      ),
    );
  });

  it('is a fault, whatever JSON or other bytes are in it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        expect(await outcome(await packedJSON(value))).toBe('fault');
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), async (bytes) => {
        expect(await outcome(await packed(new Uint8Array(bytes)))).toBe('fault');
      }),
    );
  });

  it('is a fault where a part is missing, or one character is another', async () => {
    const whole = await encodeScenario(shop);
    for (let length = 0; length < whole.length; length += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      expect(await outcome(whole.slice(0, length))).toBe('fault');
    }
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.base64String(), async (at, character) => {
        const other = whole.slice(0, at) + character.slice(0, 1) + whole.slice(at + 1);
        expect(['taken', 'fault']).toContain(await outcome(other));
      }),
    );
  });

  it.each([
    ['of another version', 'manifests', 'no scenario that this version of the playground reads'],
    ['of other characters', '1.a+b', 'damaged'],
    ['that is cut off', '1.abc', 'damaged'],
  ])('%s is told so', async (_, given, message) => {
    await expect(decodeScenario(given)).rejects.toThrow(message);
  });

  it.each([
    ['manifests', { ...shop, manifests: 7 }],
    ['request.url', { ...shop, request: {} }],
    ['request.headers', { ...shop, request: { url: 'http://a/', headers: { accept: 1 } } }],
    ['request.cookie', { ...shop, request: { url: 'http://a/', cookie: 'a' } }],
    ['pods.replicas', { ...shop, pods: { pods: {}, replicas: { 'Deployment a/b': 51 } } }],
    ['pods.replicas', { ...shop, pods: { pods: {}, replicas: { 'Deployment a/b': 0.5 } } }],
    ['pods.pods', { ...shop, pods: { pods: { 'a/b': { state: 'gone' } }, replicas: {} } }],
    ['it is', 7],
  ])('names the field that is wrong: %s', async (field, value) => {
    await expect(decodeScenario(await packedJSON(value))).rejects.toThrow(
      `The link holds no scenario: ${field}`,
    );
  });
});
