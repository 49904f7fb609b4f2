import { Readable } from 'node:stream';

import * as Effect from 'effect/Effect';
import { describe, expect, it } from 'vitest';

import { Cluster } from '../cluster/cluster.ts';
import { followed } from '../followed/followed.ts';
import { list } from './list.ts';

const services = followed('cluster-ip', []).find(({ type }) => type.id === 'services');

/** The names that are listed, or why they can't be. */
async function listed(...answers: readonly Readable[]): Promise<unknown> {
  const left = [...answers];
  const cluster = Cluster.of({ get: () => Effect.sync(() => left.shift() ?? Readable.from([])) });
  if (services === undefined) throw new Error('Services are not followed');
  return Effect.runPromise(
    list(services, { pageSize: 2, silence: 50 }).pipe(
      Effect.map(({ objects }) => objects.map(({ metadata }) => metadata.name)),
      Effect.catch(({ message }) => Effect.succeed(message)),
      Effect.provideService(Cluster, cluster),
    ),
  );
}

const page = (body: unknown): Readable => Readable.from([Buffer.from(JSON.stringify(body))]);

describe('a list', () => {
  it('is all pages together', async () => {
    const [first, second] = ['a', 'b'].map((name) => ({ metadata: { name } }));
    expect(
      await listed(
        page({ metadata: { resourceVersion: '1', continue: 'x' }, items: [first] }),
        page({ metadata: { resourceVersion: '1' }, items: [second] }),
      ),
    ).toEqual(['a', 'b']);
  });

  it('that stands still is given up', async () => {
    const hanging = new Readable({ read: () => undefined });
    hanging.push(Buffer.from('{"items":['));
    expect(await listed(hanging)).toBe('the list did not end within 50 ms');
  });

  it.each([null, [], {}, { metadata: { resourceVersion: '1' }, items: [{}] }, { items: [] }])(
    'is none of the answer %j',
    async (answer) => {
      expect(await listed(page(answer))).toMatch(/can't be read/);
    },
  );
});
