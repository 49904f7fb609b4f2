import { resourceTypeOf, type StoredObject } from '@portolan/store';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fieldOf, isList, isObject, type JSONObject } from '../json/json.ts';
import { updateManagedFields } from '../managed-fields/update-managed-fields.ts';
import { applyPatch, type Patched } from '../patch.ts';

const START = Date.UTC(2026, 0, 1);

interface Options {
  readonly force?: boolean;
  readonly subresource?: string;
  readonly now?: number;
}

function tryApply(
  current: StoredObject | undefined,
  manager: string,
  config: JSONObject,
  options: Options = {},
): Patched {
  const type = resourceTypeOf({
    apiVersion: String(config['apiVersion']),
    kind: String(config['kind']),
  });
  if (type === undefined) throw new Error('no such kind');
  return applyPatch({
    type,
    ref: { resource: type.id, namespace: type.namespaced ? 'shop' : '', name: 'web' },
    contentType: 'application/apply-patch+yaml',
    body: JSON.stringify(config),
    current,
    fieldManager: manager,
    now: START,
    ...options,
  });
}

/** As the API would keep it. */
function kept(
  { apiVersion, kind, metadata, ...rest }: JSONObject,
  previous?: StoredObject,
): StoredObject {
  return {
    ...rest,
    apiVersion: String(apiVersion),
    kind: String(kind),
    metadata: {
      ...(isObject(metadata) && metadata),
      name: 'web',
      uid: 'u',
      creationTimestamp: '2026-01-01T00:00:00Z',
      resourceVersion: String(Number(previous?.metadata.resourceVersion ?? 0) + 1),
    },
  };
}

function applied(
  current: StoredObject | undefined,
  manager: string,
  config: JSONObject,
  options: Options = {},
): StoredObject {
  const patched = tryApply(current, manager, config, options);
  if ('failure' in patched) throw new Error(patched.failure.message);
  return kept(patched.object, current);
}

function updated(
  current: StoredObject,
  manager: string,
  change: JSONObject,
  now = START,
): StoredObject {
  const type = resourceTypeOf(current);
  if (type === undefined) throw new Error('no such kind');
  const after = kept({ ...current, ...change }, current);
  const managedFields = updateManagedFields({ type, before: current, after, manager, now });
  return { ...after, metadata: { ...after.metadata, managedFields } };
}

function fieldsOf(object: StoredObject, manager: string): unknown {
  return object.metadata.managedFields?.find((entry) => entry.manager === manager)?.fieldsV1;
}

function configMap(
  data: Readonly<Record<string, string>>,
  labels?: Readonly<Record<string, string>>,
): JSONObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: labels ? { labels } : {}, data };
}

function deployment(spec: JSONObject, containers: readonly JSONObject[] = []): JSONObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: { ...spec, ...(containers.length > 0 && { template: { spec: { containers } } }) },
  };
}

function containersOf(object: StoredObject): readonly JSONObject[] {
  const spec = fieldOf(fieldOf(object['spec'], 'template'), 'spec');
  const containers = fieldOf(spec, 'containers');
  return isList(containers) ? containers.filter(isObject) : [];
}

describe('server-side apply', () => {
  it('creates an object where there is none, and notes who owns what of it', () => {
    const patched = tryApply(undefined, 'ci', configMap({ key: 'value' }, { app: 'web' }));
    expect(patched).toEqual({
      applied: true,
      object: {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {
          name: 'web',
          namespace: 'shop',
          labels: { app: 'web' },
          managedFields: [
            {
              manager: 'ci',
              operation: 'Apply',
              apiVersion: 'v1',
              time: '2026-01-01T00:00:00Z',
              fieldsType: 'FieldsV1',
              fieldsV1: {
                'f:metadata': { 'f:labels': { 'f:app': {} } },
                'f:data': { 'f:key': {} },
              },
            },
          ],
        },
        data: { key: 'value' },
      },
    });
  });

  it('reads YAML', () => {
    const type = resourceTypeOf({ apiVersion: 'v1', kind: 'ConfigMap' });
    if (type === undefined) throw new Error('no such kind');
    const patched = applyPatch({
      type,
      ref: { resource: type.id, namespace: 'shop', name: 'web' },
      contentType: 'application/apply-patch+yaml',
      body: new TextEncoder().encode('apiVersion: v1\nkind: ConfigMap\ndata:\n  a: "1"\n'),
      current: undefined,
      fieldManager: 'ci',
      now: START,
    });
    expect(patched).toMatchObject({ object: { metadata: { name: 'web' }, data: { a: '1' } } });
  });

  it('owns the items of a list by their keys, with defaults where a key is left out', () => {
    const object = applied(
      undefined,
      'ci',
      deployment({}, [{ name: 'web', ports: [{ containerPort: 80 }], args: ['a', 'b'] }]),
    );
    expect(fieldsOf(object, 'ci')).toEqual({
      'f:spec': {
        'f:template': {
          'f:spec': {
            'f:containers': {
              'k:{"name":"web"}': {
                '.': {},
                'f:name': {},
                'f:args': {},
                'f:ports': {
                  'k:{"containerPort":80,"protocol":"TCP"}': { '.': {}, 'f:containerPort': {} },
                },
              },
            },
          },
        },
      },
    });
    const same = deployment({}, [
      { name: 'web', ports: [{ containerPort: 80, protocol: 'TCP', name: 'http' }] },
    ]);
    expect(containersOf(applied(object, 'other', same))).toEqual([
      {
        name: 'web',
        args: ['a', 'b'],
        ports: [{ containerPort: 80, protocol: 'TCP', name: 'http' }],
      },
    ]);
  });

  it('owns selectors and lists without keys as a whole', () => {
    const selector = { matchLabels: { app: 'web' } };
    expect(fieldsOf(applied(undefined, 'ci', deployment({ selector })), 'ci')).toEqual({
      'f:spec': { 'f:selector': {} },
    });
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      spec: { selector: { app: 'web' }, externalIPs: ['192.0.2.1'] },
    };
    expect(fieldsOf(applied(undefined, 'ci', service), 'ci')).toEqual({
      'f:spec': { 'f:selector': {}, 'f:externalIPs': {} },
    });
    const other = { ...service, spec: { selector: { tier: 'front' } } };
    expect(
      applied(applied(undefined, 'ci', service), 'other', other, { force: true })['spec'],
    ).toEqual({
      selector: { tier: 'front' },
      externalIPs: ['192.0.2.1'],
    });
  });

  it('removes what the manager no longer applies, and leaves what others own', () => {
    const first = applied(undefined, 'ci', configMap({ a: '1', b: '2' }, { app: 'web' }));
    const second = applied(first, 'ops', configMap({ b: '2', c: '3' }));
    const third = applied(second, 'ci', configMap({ d: '4' }));
    expect(third['data']).toEqual({ b: '2', c: '3', d: '4' });
    expect(third.metadata.labels).toBeUndefined();
    expect(fieldsOf(third, 'ci')).toEqual({ 'f:data': { 'f:d': {} } });
  });

  it('removes a list item that the manager no longer applies, whoever changed a part of it', () => {
    const first = applied(
      undefined,
      'ci',
      deployment({}, [
        { name: 'web', image: 'web:1' },
        { name: 'side', image: 'side:1' },
      ]),
    );
    const spec = {
      template: {
        spec: {
          containers: [
            { name: 'web', image: 'web:1' },
            { name: 'side', image: 'side:2' },
          ],
        },
      },
    };
    const second = updated(first, 'hand', { spec });
    expect(
      containersOf(applied(second, 'ci', deployment({}, [{ name: 'web', image: 'web:1' }]))),
    ).toEqual([{ name: 'web', image: 'web:1' }]);
  });

  it('keeps the order of the list that is applied, and others behind what they came after', () => {
    const named = (...names: readonly string[]): JSONObject =>
      deployment(
        {},
        names.map((name) => ({ name, image: name })),
      );
    const live = applied(applied(undefined, 'ci', named('a', 'b')), 'ops', named('x', 'b', 'y'));
    const order = (object: StoredObject): string =>
      containersOf(object)
        .map(({ name }) => name)
        .join('');
    expect(order(live)).toBe('axby');
    expect(order(applied(live, 'ci', named('b', 'n', 'a')))).toBe('xbyna');
  });

  it('conflicts with whoever set a field otherwise, in the API server’s words', () => {
    const live = applied(
      undefined,
      'ci',
      deployment({ replicas: 2 }, [{ name: 'web', image: 'web:1' }]),
    );
    const scaled = updated(live, 'kubectl-scale', {
      spec: { ...(isObject(live['spec']) && live['spec']), replicas: 5 },
    });
    expect(tryApply(scaled, 'ci', deployment({ replicas: 2 }))).toEqual({
      failure: {
        code: 409,
        reason: 'Conflict',
        message:
          'Apply failed with 1 conflict: conflict with "kubectl-scale" using apps/v1: .spec.replicas',
        causes: [
          {
            reason: 'FieldManagerConflict',
            message: 'conflict with "kubectl-scale" using apps/v1',
            field: '.spec.replicas',
          },
        ],
      },
    });
    const both = deployment({ replicas: 3 }, [{ name: 'web', image: 'web:2' }]);
    expect(tryApply(scaled, 'ops', both)).toMatchObject({
      failure: {
        message: [
          'Apply failed with 2 conflicts: conflicts with "ci":',
          '- .spec.template.spec.containers[name="web"].image',
          'conflicts with "kubectl-scale" using apps/v1:',
          '- .spec.replicas',
        ].join('\n'),
      },
    });
  });

  it('takes fields over where it is forced to, and shares them where values agree', () => {
    const live = applied(undefined, 'ci', configMap({ a: '1', b: '2' }));
    const forced = applied(live, 'ops', configMap({ a: '9' }), { force: true });
    expect(forced['data']).toEqual({ a: '9', b: '2' });
    expect(fieldsOf(forced, 'ci')).toEqual({ 'f:data': { 'f:b': {} } });
    const shared = applied(live, 'ops', configMap({ a: '1' }));
    expect(fieldsOf(shared, 'ci')).toEqual({ 'f:data': { 'f:a': {}, 'f:b': {} } });
    expect(applied(shared, 'ci', configMap({ b: '2' }))['data']).toEqual({ a: '1', b: '2' });
  });

  it('gives up a field that is applied as null', () => {
    const live = applied(undefined, 'ci', configMap({ a: '1', b: '2' }));
    const config = { ...configMap({}), data: { a: null, b: '2' } };
    expect(applied(live, 'ci', config)['data']).toEqual({ b: '2' });
    expect(tryApply(live, 'ops', config)).toMatchObject({ failure: { code: 409 } });
  });

  it('takes an object that nobody wrote through the API for its first applier’s predecessor’s', () => {
    const live = kept(configMap({ a: '1', b: '2' }));
    const object = applied(live, 'ci', configMap({ a: '1' }));
    expect(fieldsOf(object, 'before-first-apply')).toEqual({
      'f:data': { '.': {}, 'f:a': {}, 'f:b': {} },
    });
    expect(tryApply(live, 'ci', configMap({ a: '2' }))).toMatchObject({
      failure: {
        message:
          'Apply failed with 1 conflict: conflict with "before-first-apply" using v1: .data.a',
      },
    });
  });

  it('applies nothing but a status to a status, as another manager than that of the object', () => {
    const base = { apiVersion: 'v1', kind: 'Pod' };
    const live = applied(undefined, 'ci', { ...base, spec: { nodeName: 'a' } });
    const object = applied(
      live,
      'ci',
      {
        ...base,
        metadata: { finalizers: ['x'] },
        spec: { nodeName: 'b' },
        status: { phase: 'Running' },
      },
      { subresource: 'status' },
    );
    expect(object).toMatchObject({ spec: { nodeName: 'a' }, status: { phase: 'Running' } });
    expect(object.metadata.managedFields).toMatchObject([
      { manager: 'ci', fieldsV1: { 'f:spec': { 'f:nodeName': {} } } },
      { manager: 'ci', subresource: 'status', fieldsV1: { 'f:status': { 'f:phase': {} } } },
    ]);
  });

  describe('after kubectl’s client-side apply', () => {
    const CONFIG = configMap({ a: '1', b: '2' }, { app: 'web' });
    const annotations = {
      'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(CONFIG),
    };
    const noted = { ...CONFIG, metadata: { labels: { app: 'web' }, annotations } };
    const type = resourceTypeOf({ apiVersion: 'v1', kind: 'ConfigMap' });

    function appliedByClient(): StoredObject {
      if (type === undefined) throw new Error('no such kind');
      const after = kept(noted);
      const managedFields = updateManagedFields({
        type,
        before: undefined,
        after,
        manager: 'kubectl-client-side-apply',
        now: START,
      });
      return { ...after, metadata: { ...after.metadata, managedFields } };
    }

    it('is no conflict for kubectl, and keeps its annotation up to date', () => {
      const object = applied(
        appliedByClient(),
        'kubectl',
        configMap({ a: '9', b: '2' }, { app: 'web' }),
      );
      expect(object['data']).toEqual({ a: '9', b: '2' });
      const text =
        object.metadata.annotations?.['kubectl.kubernetes.io/last-applied-configuration'];
      expect(JSON.parse(text ?? '')).toMatchObject({ data: { a: '9', b: '2' } });
    });

    it('is a conflict for others, and for kubectl where a field is another by now', () => {
      expect(tryApply(appliedByClient(), 'ci', configMap({ a: '9' }))).toMatchObject({
        failure: { code: 409 },
      });
      const edited = updated(appliedByClient(), 'kubectl-edit', { data: { a: '5', b: '2' } });
      expect(tryApply(edited, 'kubectl', configMap({ a: '9', b: '3' }))).toMatchObject({
        failure: {
          message: 'Apply failed with 1 conflict: conflict with "kubectl-edit" using v1: .data.a',
        },
      });
    });
  });

  it.each([
    [
      'another version',
      { apiVersion: 'v2', kind: 'ConfigMap' },
      'Incorrect version specified in apply patch. Specified patch version: v2, expected: v1',
    ],
    [
      'another kind',
      { apiVersion: 'v1', kind: 'Secret' },
      'Incorrect kind specified in apply patch. Specified kind: Secret, expected: ConfigMap',
    ],
    ['no kind', { apiVersion: 'v1' }, "Object 'Kind' or 'apiVersion' is missing"],
    [
      'managed fields',
      { ...configMap({}), metadata: { managedFields: [{}] } },
      'metadata.managedFields must be nil',
    ],
    [
      'an unknown field',
      { ...configMap({}), date: {} },
      'failed to create typed patch object (shop/web; v1, Kind=ConfigMap): .date: field not declared in schema',
    ],
    [
      'a wrong type',
      { ...configMap({}), data: { a: 1 }, immutable: 'yes' },
      'failed to create typed patch object (shop/web; v1, Kind=ConfigMap): errors:\n  .data.a: expected string, got 1\n  .immutable: expected boolean, got "yes"',
    ],
    [
      'an owner twice',
      { ...configMap({}), metadata: { ownerReferences: [{ uid: 'a' }, { uid: 'a' }] } },
      'failed to create typed patch object (shop/web; v1, Kind=ConfigMap): .metadata.ownerReferences: duplicate entries for key [uid="a"]',
    ],
  ])('refuses a configuration with %s', (_, config, message) => {
    const type = resourceTypeOf({ apiVersion: 'v1', kind: 'ConfigMap' });
    if (type === undefined) throw new Error('no such kind');
    const patched = applyPatch({
      type,
      ref: { resource: type.id, namespace: 'shop', name: 'web' },
      contentType: 'application/apply-patch+yaml',
      body: JSON.stringify(config),
      current: undefined,
      fieldManager: 'ci',
      now: START,
    });
    expect(patched).toEqual({ failure: { code: 400, reason: 'BadRequest', message } });
  });

  describe('of anything', () => {
    const port = fc.record(
      {
        containerPort: fc.constantFrom(80, 81),
        protocol: fc.constantFrom('TCP', 'UDP'),
        name: fc.constantFrom('a', 'b'),
      },
      { requiredKeys: ['containerPort'] },
    );
    const byKey = <T>(keyOf: (item: T) => string, item: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
      fc.uniqueArray(item, { maxLength: 3, selector: keyOf });
    const container = fc.record(
      {
        name: fc.constantFrom('web', 'side', 'log'),
        image: fc.constantFrom('x', 'y'),
        args: fc.array(fc.constantFrom('1', '2'), { minLength: 1, maxLength: 2 }),
        ports: byKey((each) => `${each.containerPort}/${each.protocol ?? 'TCP'}`, port).filter(
          ({ length }) => length > 0,
        ),
      },
      { requiredKeys: ['name'] },
    );
    const anyConfig = fc
      .record(
        {
          replicas: fc.nat(3),
          paused: fc.boolean(),
          selector: fc.record({
            matchLabels: fc.dictionary(fc.constantFrom('a', 'b'), fc.constantFrom('1', '2')),
          }),
          containers: byKey((each) => each.name, container),
          labels: fc.dictionary(fc.constantFrom('app', 'tier'), fc.constantFrom('1', '2'), {
            minKeys: 1,
          }),
        },
        { requiredKeys: ['containers'] },
      )
      .map(({ containers, labels, ...spec }) => ({
        ...deployment(spec, containers),
        metadata: { name: 'web', ...(labels && { labels }) },
      }));

    const plain = ({ metadata, ...rest }: StoredObject): unknown => ({
      ...rest,
      labels: metadata.labels,
    });
    const sorted = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(sorted);
      if (typeof value !== 'object' || value === null) return value;
      return Object.entries(value)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, item]) => [key, sorted(item)]);
    };
    /** As text, whatever order fields have; and without what is empty, for a struct that is emptied goes. */
    const text = (value: unknown): string => JSON.stringify(sorted(value));

    it('is idempotent: applied once more, an object stays as it is, times included', () => {
      fc.assert(
        fc.property(anyConfig, anyConfig, (first, second) => {
          const one = applied(undefined, 'a', first);
          const two = applied(one, 'b', second, { force: true, now: START + 60_000 });
          const again = tryApply(two, 'b', second, { now: START + 120_000 });
          expect('object' in again && kept(again.object)).toEqual(kept(two));
        }),
      );
    });

    it('leaves of what the same manager applied before only what it applies now', () => {
      fc.assert(
        fc.property(anyConfig, anyConfig, (first, second) => {
          const replaced = applied(applied(undefined, 'a', first), 'a', second);
          const fresh = applied(undefined, 'a', second);
          expect(text(plain(replaced))).toBe(text(plain(fresh)));
          expect(fieldsOf(replaced, 'a')).toEqual(fieldsOf(fresh, 'a'));
        }),
      );
    });

    it('leaves others’ fields to them when its own go', () => {
      fc.assert(
        fc.property(anyConfig, anyConfig, anyConfig, (others, first, second) => {
          const theirs = applied(undefined, 'other', others);
          const mine = tryApply(theirs, 'mine', first);
          if ('failure' in mine) return;
          const replaced = tryApply(kept(mine.object), 'mine', second);
          if ('failure' in replaced) return;
          const direct = applied(theirs, 'mine', second);
          expect(fieldsOf(kept(replaced.object), 'other')).toEqual(fieldsOf(theirs, 'other'));
          expect(tryApply(kept(replaced.object), 'other', others)).toHaveProperty('object');
          expect(fieldsOf(kept(replaced.object), 'mine')).toEqual(fieldsOf(direct, 'mine'));
        }),
      );
    });

    it('never conflicts where two managers have no field in common', () => {
      const names = { a: ['p', 'q'], b: ['r', 's'] } as const;
      const data = (who: 'a' | 'b'): fc.Arbitrary<Record<string, string>> =>
        fc.dictionary(fc.constantFrom(...names[who]), fc.constantFrom('1', '2'));
      const step = fc.oneof(
        data('a').map((each) => ['a', each] as const),
        data('b').map((each) => ['b', each] as const),
      );
      fc.assert(
        fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), (steps) => {
          let object: StoredObject | undefined;
          const last = new Map<string, Record<string, string>>();
          for (const [who, each] of steps) {
            object = applied(object, who, configMap(each));
            last.set(who, each);
          }
          expect(object?.['data'] ?? {}).toEqual({ ...last.get('a'), ...last.get('b') });
        }),
      );
    });
  });
});
