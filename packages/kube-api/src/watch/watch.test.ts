import type { StoredObject } from '@portolan/store';
import * as fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { allLines, configMap, harness, lines, type Harness } from '../../test/harness/harness.ts';

const WATCH = '/api/v1/configmaps?watch=1';

/** `ADDED shop/a` for each of the next lines. */
async function take(
  events: AsyncGenerator<Record<string, unknown>>,
  count: number,
): Promise<readonly string[]> {
  const found: string[] = [];
  while (found.length < count) {
    const { value, done } = await events.next();
    if (done) return [...found, 'END'];
    const { namespace, name } = Object(Object(value['object'])['metadata']);
    found.push(`${String(value['type'])} ${namespace}/${name}`);
  }
  return found;
}

function put({ store }: Harness, name: string, labels: Record<string, string> = {}): string {
  store.commit([{ put: configMap(name, 'shop', labels) }]);
  return String(store.revision());
}

function remove({ store }: Harness, name: string): void {
  store.commit([{ delete: { resource: 'configmaps', namespace: 'shop', name } }]);
}

afterEach(() => {
  vi.useRealTimers();
});

describe('a watch', () => {
  it('tells what is there, then what changes', async () => {
    const all = harness();
    put(all, 'a');
    const response = await all.ask(`GET ${WATCH}`);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(response.headers.get('content-encoding')).toBe('identity');
    const events = lines(response);
    expect(await take(events, 1)).toEqual(['ADDED shop/a']);
    put(all, 'b');
    put(all, 'a', { app: 'x' });
    remove(all, 'b');
    all.store.commit([{ put: { ...configMap('p', 'shop'), kind: 'Secret' } }]);
    put(all, 'c');
    expect(await take(events, 4)).toEqual([
      'ADDED shop/b',
      'MODIFIED shop/a',
      'DELETED shop/b',
      'ADDED shop/c',
    ]);
    await events.return(undefined);
  });

  it('goes on from a revision', async () => {
    const all = harness();
    put(all, 'a');
    const from = put(all, 'b');
    put(all, 'c');
    const events = lines(await all.ask(`GET ${WATCH}&resourceVersion=${from}`));
    put(all, 'd');
    expect(await take(events, 2)).toEqual(['ADDED shop/c', 'ADDED shop/d']);
    await events.return(undefined);
  });

  it('of one namespace or one name tells of no other', async () => {
    const all = harness();
    const named = lines(await all.ask(`GET ${WATCH}&fieldSelector=metadata.name%3Db`));
    const other = lines(await all.ask('GET /api/v1/namespaces/attic/configmaps?watch=true'));
    put(all, 'a');
    put(all, 'b');
    all.store.commit([{ put: configMap('b', 'attic') }]);
    expect(await take(named, 2)).toEqual(['ADDED shop/b', 'ADDED attic/b']);
    expect(await take(other, 1)).toEqual(['ADDED attic/b']);
    await Promise.all([named.return(undefined), other.return(undefined)]);
  });

  it('tells of what comes to be selected, and of what no longer is', async () => {
    const all = harness();
    const events = lines(await all.ask(`GET ${WATCH}&labelSelector=app%3Dx`));
    put(all, 'a', { app: 'y' });
    put(all, 'a', { app: 'x', n: '1' });
    put(all, 'a', { app: 'x', n: '2' });
    const left = put(all, 'a', { app: 'z' });
    put(all, 'a', { app: 'q' });
    remove(all, 'a');
    put(all, 'b', { app: 'x' });
    expect(await take(events, 2)).toEqual(['ADDED shop/a', 'MODIFIED shop/a']);
    const { value } = await events.next();
    expect(value).toMatchObject({
      type: 'DELETED',
      // As it was selected last, at the revision at which it no longer was.
      object: { metadata: { resourceVersion: left, labels: { app: 'x', n: '2' } } },
    });
    expect(await take(events, 1)).toEqual(['ADDED shop/b']);
    await events.return(undefined);
  });

  it('adds up to what a list says, whatever is selected and written', async () => {
    const write = fc.record({
      name: fc.constantFrom('a', 'b', 'c'),
      app: fc.constantFrom('x', 'y', undefined),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(write, { maxLength: 8 }),
        fc.array(write, { maxLength: 12 }),
        fc.constantFrom('', '&labelSelector=app%3Dx', '&fieldSelector=metadata.name!%3Da'),
        async (before, after, query) => {
          const all = harness();
          const apply = ({ name, app }: (typeof before)[number]): void => {
            if (app === undefined) remove(all, name);
            else put(all, name, { app });
          };
          before.forEach(apply);
          const events = lines(await all.ask(`GET ${WATCH}${query}`));
          after.forEach(apply);
          const seen = new Map<string, StoredObject>();
          put(all, 'zz', { app: 'x' });
          for await (const { type, object } of events) {
            const { name } = Object(Object(object)['metadata']);
            expect(seen.has(name)).toBe(type !== 'ADDED');
            if (type === 'DELETED') seen.delete(name);
            else seen.set(name, Object(object));
            if (name === 'zz') break;
          }
          const listed = await all.json(`GET /api/v1/configmaps?x${query}`);
          const names = [...seen.keys()].toSorted();
          const items: { metadata: { name: string } }[] = Object(listed['items']);
          expect(names).toEqual(items.map(({ metadata }) => metadata.name));
          expect(names.map((name) => seen.get(name)?.metadata)).toEqual(
            items.map(({ metadata }) => metadata),
          );
        },
      ),
      { numRuns: 60, seed: 11 },
    );
  });
});

describe('a streaming list', () => {
  const STREAM = `${WATCH}&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true`;

  it('ends with a bookmark that says so, and goes on as a watch', async () => {
    const all = harness();
    put(all, 'a');
    const revision = put(all, 'b');
    const events = lines(await all.ask(`GET ${STREAM}`));
    expect(await take(events, 2)).toEqual(['ADDED shop/a', 'ADDED shop/b']);
    expect((await events.next()).value).toEqual({
      type: 'BOOKMARK',
      object: {
        kind: 'ConfigMap',
        apiVersion: 'v1',
        metadata: {
          resourceVersion: revision,
          annotations: { 'k8s.io/initial-events-end': 'true' },
        },
      },
    });
    put(all, 'c');
    expect(await take(events, 1)).toEqual(['ADDED shop/c']);
    await events.return(undefined);
  });

  it('is of one revision, however slowly it is read', async () => {
    const all = harness();
    for (let index = 0; index < 500; index++) put(all, `n${String(index).padStart(3, '0')}`);
    const events = lines(await all.ask(`GET ${STREAM}`));
    expect(await take(events, 1)).toEqual(['ADDED shop/n000']);
    remove(all, 'n499');
    expect((await take(events, 499)).at(-1)).toBe('ADDED shop/n499');
    expect((await events.next()).value).toMatchObject({ type: 'BOOKMARK' });
    expect(await take(events, 1)).toEqual(['DELETED shop/n499']);
    await events.return(undefined);
  });

  it.each([
    [
      'sendInitialEvents=true',
      'resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
    ],
    [
      'resourceVersionMatch=NotOlderThan',
      'resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
    ],
  ])('is refused with no more than %s', async (query, message) => {
    const { json } = harness();
    expect(await json(`GET ${WATCH}&${query}`)).toMatchObject({
      code: 422,
      reason: 'Invalid',
      message: `ListOptions.meta.k8s.io "" is invalid: ${message}`,
    });
  });
});

describe('a watch that is too late', () => {
  it('ends with an ERROR of 410 where its revision is no longer known', async () => {
    const all = harness({ history: 2 });
    const from = put(all, 'a');
    for (const name of ['b', 'c', 'd', 'e', 'f']) put(all, name);
    const events = lines(await all.ask(`GET ${WATCH}&resourceVersion=${from}`));
    expect((await events.next()).value).toMatchObject({
      type: 'ERROR',
      object: { kind: 'Status', code: 410, reason: 'Expired' },
    });
    expect((await events.next()).done).toBe(true);
  });

  it('ends with it where its revision lies ahead: it is of another store', async () => {
    const all = harness();
    const ahead = all.store.revision() + 10;
    const events = lines(await all.ask(`GET ${WATCH}&resourceVersion=${ahead}`));
    expect((await events.next()).value).toMatchObject({ type: 'ERROR', object: { code: 410 } });
    expect((await events.next()).done).toBe(true);
  });

  it('ends with it where it is read too slowly', async () => {
    const all = harness({ history: 10 });
    const response = await all.ask(`GET ${WATCH}`);
    for (let index = 0; index < 1000; index++) put(all, 'a', { n: String(index) });
    const seen = (await allLines(response)).map(({ type }) => type);
    expect(seen.at(-1)).toBe('ERROR');
    expect(seen.length).toBeLessThan(300);
  });
});

describe('the end of a watch', () => {
  /** A store that counts those who listen. */
  function counted(): Harness & { readonly listeners: () => number } {
    const { store } = harness();
    let listeners = 0;
    const all = harness({
      store: {
        ...store,
        subscribe: (listener) => {
          const end = store.subscribe(listener);
          listeners++;
          return () => {
            end();
            listeners--;
          };
        },
      },
    });
    const before = listeners;
    return { ...all, listeners: () => listeners - before };
  }

  it('comes when the client leaves', async () => {
    const all = counted();
    const response = await all.ask(`GET ${WATCH}`);
    expect(all.listeners()).toBe(1);
    await response.body?.cancel();
    expect(all.listeners()).toBe(0);
  });

  it('comes when the request is aborted', async () => {
    const all = counted();
    const leaving = new AbortController();
    const response = await all.ask(`GET ${WATCH}`, { signal: leaving.signal });
    const rest = allLines(response);
    leaving.abort();
    expect(await rest).toEqual([]);
    expect(all.listeners()).toBe(0);
  });

  it('comes when the API is closed', async () => {
    const all = counted();
    const response = await all.ask(`GET ${WATCH}`);
    all.api.close();
    expect(await allLines(response)).toEqual([]);
    expect(all.listeners()).toBeLessThanOrEqual(0);
    expect(await all.json(`GET ${WATCH}`)).toMatchObject({ code: 503 });
  });

  it('comes after timeoutSeconds', async () => {
    vi.useFakeTimers();
    const all = counted();
    const response = await all.ask(`GET ${WATCH}&timeoutSeconds=5`);
    const rest = allLines(response);
    await vi.advanceTimersByTimeAsync(5000);
    expect(await rest).toEqual([]);
    expect(all.listeners()).toBe(0);
  });

  it('comes after half an hour to an hour where nothing is said', async () => {
    vi.useFakeTimers();
    const all = counted();
    const response = await all.ask(`GET ${WATCH}`);
    const rest = allLines(response);
    await vi.advanceTimersByTimeAsync(1_799_000);
    expect(all.listeners()).toBe(1);
    await vi.advanceTimersByTimeAsync(1_801_000);
    expect(await rest).toEqual([]);
    expect(all.listeners()).toBe(0);
  });
});

describe('bookmarks', () => {
  it('come every minute where they are asked for, with the newest revision', async () => {
    vi.useFakeTimers();
    const all = harness();
    const events = lines(await all.ask(`GET ${WATCH}&allowWatchBookmarks=true&resourceVersion=0`));
    const next = events.next();
    all.store.commit([{ put: { ...configMap('other', 'shop'), kind: 'Secret' } }]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect((await next).value).toEqual({
      type: 'BOOKMARK',
      object: {
        kind: 'ConfigMap',
        apiVersion: 'v1',
        metadata: { resourceVersion: String(all.store.revision()) },
      },
    });
    await events.return(undefined);
  });
});

describe('too many watches', () => {
  it('are answered with 429, until one has ended', async () => {
    const all = harness({ maxWatches: 2 });
    const first = await all.ask(`GET ${WATCH}`);
    await all.ask(`GET ${WATCH}`);
    const refused = await all.ask(`GET ${WATCH}`);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(await refused.json()).toMatchObject({ reason: 'TooManyRequests', code: 429 });
    await first.body?.cancel();
    expect((await all.ask(`GET ${WATCH}`)).status).toBe(200);
    all.api.close();
  });
});

describe('a watch of tables', () => {
  it('tells its columns once', async () => {
    const all = harness();
    put(all, 'a');
    put(all, 'b');
    const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';
    const events = lines(await all.ask(`GET ${WATCH}`, { headers: { accept } }));
    const first = (await events.next()).value;
    const second = (await events.next()).value;
    expect(first).toMatchObject({
      type: 'ADDED',
      object: {
        kind: 'Table',
        columnDefinitions: [{ name: 'Name' }, { name: 'Data' }, { name: 'Age' }],
        rows: [{ cells: ['a', 0, '60m'], object: { kind: 'PartialObjectMetadata' } }],
      },
    });
    expect(second).toMatchObject({
      object: { columnDefinitions: null, rows: [{ cells: ['b', 0, '60m'] }] },
    });
    await events.return(undefined);
  });
});
