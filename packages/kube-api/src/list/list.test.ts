import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { configMap, harness, pod, PODS, type Harness } from '../../test/harness/harness.ts';

const CONFIG_MAPS = '/api/v1/configmaps';

function namesOf(listed: Record<string, unknown>): readonly string[] {
  const { items } = listed;
  if (!Array.isArray(items)) throw new Error(JSON.stringify(listed));
  return items.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
}

function metaOf(listed: Record<string, unknown>): { resourceVersion: string; continue?: string } {
  return Object(listed['metadata']);
}

function withConfigMaps(history?: number): Harness {
  const all = harness({ ...(history && { history }) });
  for (const namespace of ['b', 'a']) {
    for (const name of ['z', 'y', 'x']) {
      all.store.commit([{ put: configMap(name, namespace, { app: name }) }]);
    }
  }
  return all;
}

describe('a list', () => {
  it('has all objects of a resource, or of one namespace, in order', async () => {
    const { json, store } = withConfigMaps();
    const all = await json(`GET ${CONFIG_MAPS}`);
    expect(all).toMatchObject({
      httpCode: 200,
      kind: 'ConfigMapList',
      apiVersion: 'v1',
      metadata: { resourceVersion: String(store.revision()) },
    });
    expect(namesOf(all)).toEqual(['a/x', 'a/y', 'a/z', 'b/x', 'b/y', 'b/z']);
    expect(namesOf(await json('GET /api/v1/namespaces/b/configmaps'))).toEqual([
      'b/x',
      'b/y',
      'b/z',
    ]);
    expect(namesOf(await json('GET /api/v1/namespaces/none/configmaps'))).toEqual([]);
  });

  it.each([
    ['labelSelector=app%3Dx', ['a/x', 'b/x']],
    ['labelSelector=app%20in%20(x,y),app!%3Dy', ['a/x', 'b/x']],
    ['labelSelector=!app', []],
    ['labelSelector=app%20notin%20(x,y)', ['a/z', 'b/z']],
    ['fieldSelector=metadata.name%3Dz', ['a/z', 'b/z']],
    ['fieldSelector=metadata.namespace!%3Da,metadata.name%3D%3Dy', ['b/y']],
    ['fieldSelector=metadata.name%3Dz&labelSelector=app%3Dx', []],
  ])('is narrowed by %s', async (query, names) => {
    const { json } = withConfigMaps();
    expect(namesOf(await json(`GET ${CONFIG_MAPS}?${query}`))).toEqual(names);
  });

  it('of Pods is narrowed by what clients narrow it by', async () => {
    const { json } = harness();
    await json(`POST ${PODS}`, {
      body: pod('one', {
        spec: { nodeName: 'n1' },
        status: { phase: 'Running', podIP: '10.0.0.1' },
      }),
    });
    await json(`POST ${PODS}`, { body: pod('two', { spec: { nodeName: 'n2' } }) });
    for (const query of [
      'spec.nodeName%3Dn1',
      'status.phase%3DRunning',
      'status.podIP%3D10.0.0.1',
      'spec.nodeName!%3Dn2,spec.restartPolicy%3DAlways',
    ]) {
      expect(namesOf(await json(`GET ${PODS}?fieldSelector=${query}`))).toEqual(['shop/one']);
    }
  });

  it.each([
    [
      'fieldSelector=data%3Dx',
      '"data" is not a known field selector: only "metadata.name", "metadata.namespace"',
    ],
    [
      'fieldSelector=metadata.name',
      "invalid selector: 'metadata.name'; can't understand 'metadata.name'",
    ],
    ['labelSelector=a%20in%20b', expect.stringContaining('unable to parse requirement: ')],
    ['continue=abc', 'continue key is not valid: it was not issued by this server'],
  ])('is refused with %s', async (query, message) => {
    const { json } = withConfigMaps();
    expect(await json(`GET ${CONFIG_MAPS}?${query}`)).toMatchObject({ code: 400, message });
  });
});

describe('a list in pages', () => {
  it('tells where it goes on and what is left', async () => {
    const { json } = withConfigMaps();
    const first = await json(`GET ${CONFIG_MAPS}?limit=4`);
    expect(namesOf(first)).toEqual(['a/x', 'a/y', 'a/z', 'b/x']);
    expect(first).toMatchObject({ metadata: { remainingItemCount: 2 } });
    const next = encodeURIComponent(metaOf(first).continue ?? '');
    const second = await json(`GET ${CONFIG_MAPS}?limit=4&continue=${next}`);
    expect(namesOf(second)).toEqual(['b/y', 'b/z']);
    expect(second['metadata']).toEqual({ resourceVersion: metaOf(first).resourceVersion });
  });

  it('tells nothing of what is left where it is narrowed', async () => {
    const { json } = withConfigMaps();
    const first = await json(`GET ${CONFIG_MAPS}?limit=1&labelSelector=app%3Dx`);
    expect(first['metadata']).not.toHaveProperty('remainingItemCount');
    expect(metaOf(first).continue).toBeDefined();
  });

  it('is the list of one revision, whatever is written in between', async () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
    const write = fc.record({ name, app: fc.constantFrom('x', 'y', undefined) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(write, { maxLength: 12 }),
        fc.array(fc.array(write, { maxLength: 4 }), { maxLength: 4 }),
        fc.integer({ min: 1, max: 3 }),
        async (before, between, limit) => {
          const { store, json } = harness();
          const commit = (writes: typeof before): void => {
            for (const { name: of, app } of writes) {
              const ref = { resource: 'configmaps', namespace: 'shop', name: of };
              if (app === undefined) store.commit([{ delete: ref }]);
              else store.commit([{ put: configMap(of, 'shop', { app }) }]);
            }
          };
          commit(before);
          const whole = await json(`GET ${CONFIG_MAPS}`);
          const paged: unknown[] = [];
          let next: string | undefined = '';
          for (const writes of [...between, ...Array.from({ length: 12 }, () => [])]) {
            if (next === undefined) break;
            const page: Record<string, unknown> = await json(
              `GET ${CONFIG_MAPS}?limit=${limit}&continue=${encodeURIComponent(next)}`,
            );
            expect(metaOf(page).resourceVersion).toBe(metaOf(whole).resourceVersion);
            paged.push(...Object(page['items']));
            next = metaOf(page).continue;
            commit(writes);
          }
          expect(paged).toEqual(whole['items']);
        },
      ),
      { numRuns: 60, seed: 7 },
    );
  });

  it('that is too old is Expired, and may be gone on with as things are now', async () => {
    const { json, store } = withConfigMaps(2);
    const first = await json(`GET ${CONFIG_MAPS}?limit=4`);
    for (const name of ['1', '2', '3', '4', '5']) {
      store.commit([{ put: configMap(name, 'c') }]);
    }
    const next = encodeURIComponent(metaOf(first).continue ?? '');
    const expired = await json(`GET ${CONFIG_MAPS}?continue=${next}`);
    expect(expired).toMatchObject({
      code: 410,
      reason: 'Expired',
      message: expect.stringContaining('The provided continue parameter is too old'),
    });
    const anyhow = encodeURIComponent(metaOf(expired).continue ?? '');
    const rest = await json(`GET ${CONFIG_MAPS}?continue=${anyhow}`);
    expect(namesOf(rest)).toEqual(['b/y', 'b/z', 'c/1', 'c/2', 'c/3', 'c/4', 'c/5']);
  });
});

describe('the resourceVersion of a list', () => {
  it('is at least the one asked for, or that very one', async () => {
    const { json, store } = withConfigMaps();
    const at = store.revision() - 2;
    expect(namesOf(await json(`GET ${CONFIG_MAPS}?resourceVersion=${at}`))).toHaveLength(6);
    const exact = await json(`GET ${CONFIG_MAPS}?resourceVersion=${at}&resourceVersionMatch=Exact`);
    expect(namesOf(exact)).toEqual(['a/z', 'b/x', 'b/y', 'b/z']);
    expect(metaOf(exact).resourceVersion).toBe(String(at));
    expect(namesOf(await json(`GET ${CONFIG_MAPS}?resourceVersion=0`))).toHaveLength(6);
  });

  it('that is no longer known is Expired', async () => {
    const { json } = withConfigMaps(2);
    expect(
      await json(`GET ${CONFIG_MAPS}?resourceVersion=1&resourceVersionMatch=Exact`),
    ).toMatchObject({
      code: 410,
      reason: 'Expired',
      message: 'The resourceVersion for the provided list is too old.',
    });
  });

  it('that lies ahead is a timeout', async () => {
    const { json, store } = withConfigMaps();
    const ahead = store.revision() + 5;
    expect(await json(`GET ${CONFIG_MAPS}?resourceVersion=${ahead}`)).toMatchObject({
      code: 504,
      reason: 'Timeout',
      message: `Too large resource version: ${ahead}, current: ${store.revision()}`,
      details: { causes: [{ reason: 'ResourceVersionTooLarge' }], retryAfterSeconds: 1 },
    });
  });

  it.each([
    [
      'resourceVersionMatch=Exact',
      'resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided',
    ],
    [
      'resourceVersionMatch=Exact&resourceVersion=0',
      'resourceVersionMatch: Forbidden: resourceVersionMatch "exact" is forbidden for resourceVersion "0"',
    ],
    [
      'resourceVersionMatch=Some&resourceVersion=1',
      'resourceVersionMatch: Unsupported value: "Some": supported values: "Exact", "NotOlderThan", ""',
    ],
    [
      'sendInitialEvents=true',
      'sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list',
    ],
    ['limit=x', 'limit: Invalid value: "x": must be a whole number'],
    ['resourceVersion=x', 'resourceVersion: Invalid value: "x": must be a whole number'],
  ])('is refused with %s', async (query, message) => {
    const { json } = withConfigMaps();
    expect(await json(`GET ${CONFIG_MAPS}?${query}`)).toMatchObject({
      code: 422,
      message: `ListOptions.meta.k8s.io "" is invalid: ${message}`,
    });
  });
});
