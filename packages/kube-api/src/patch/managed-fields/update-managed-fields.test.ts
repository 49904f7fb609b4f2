import { resourceTypeOf, type ManagedFieldsEntry, type StoredObject } from '@portolan/store';
import { describe, expect, it } from 'vitest';

import { updateManagedFields, type FieldUpdate } from './update-managed-fields.ts';

const START = Date.UTC(2026, 0, 1);
const METADATA = {
  name: 'web',
  namespace: 'shop',
  uid: 'u',
  resourceVersion: '1',
  creationTimestamp: '2026-01-01T00:00:00Z',
};

interface Draft {
  readonly labels?: Readonly<Record<string, string>>;
  readonly managedFields?: readonly ManagedFieldsEntry[];
  readonly spec?: unknown;
  readonly status?: unknown;
}

function pod({ labels, managedFields, spec = {}, ...rest }: Draft): StoredObject {
  const metadata = {
    ...METADATA,
    ...(labels && { labels }),
    ...(managedFields && { managedFields }),
  };
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec, ...rest };
}

/** The object as it is kept after a write of `after`. */
function written(
  before: StoredObject | undefined,
  manager: string,
  after: StoredObject,
  more: Partial<FieldUpdate> = {},
): StoredObject {
  const type = resourceTypeOf(after);
  if (type === undefined) throw new Error('no such kind');
  const managedFields = updateManagedFields({ type, before, after, manager, now: START, ...more });
  return { ...after, metadata: { ...after.metadata, managedFields } };
}

const entries = ({ metadata }: StoredObject): readonly unknown[] =>
  (metadata.managedFields ?? []).map(({ manager, fieldsV1 }) => [manager, fieldsV1]);

const WEB = { containers: [{ name: 'web', image: 'web:1', ports: [{ containerPort: 80 }] }] };

describe('the managed fields of an object', () => {
  it('are, once it is created, all that it was created with but what is the API’s own', () => {
    const object = written(undefined, 'kubectl-create', pod({ labels: { app: 'web' }, spec: WEB }));
    expect(object.metadata.managedFields).toEqual([
      {
        manager: 'kubectl-create',
        operation: 'Update',
        apiVersion: 'v1',
        time: '2026-01-01T00:00:00Z',
        fieldsType: 'FieldsV1',
        fieldsV1: {
          'f:metadata': { 'f:labels': { '.': {}, 'f:app': {} } },
          'f:spec': {
            'f:containers': {
              'k:{"name":"web"}': {
                '.': {},
                'f:image': {},
                'f:name': {},
                'f:ports': {
                  '.': {},
                  'k:{"containerPort":80,"protocol":"TCP"}': { '.': {}, 'f:containerPort': {} },
                },
              },
            },
          },
        },
      },
    ]);
  });

  it('are taken from whoever had them by the one who changes them', () => {
    const created = written(undefined, 'a', pod({ labels: { x: '1', y: '1' } }));
    const changed = written(created, 'b', pod({ labels: { x: '1', y: '2', z: '1' } }));
    expect(entries(changed)).toEqual([
      ['a', { 'f:metadata': { 'f:labels': { '.': {}, 'f:x': {} } } }],
      ['b', { 'f:metadata': { 'f:labels': { 'f:y': {}, 'f:z': {} } } }],
    ]);
  });

  it('are nobody’s any more once they are gone', () => {
    const created = written(undefined, 'a', pod({ labels: { x: '1' }, spec: { nodeName: 'n' } }));
    expect(entries(written(created, 'b', pod({ spec: { nodeName: 'n' } })))).toEqual([
      ['a', { 'f:spec': { 'f:nodeName': {} } }],
    ]);
  });

  it('add up for one manager, whose time is that of the last change', () => {
    const created = written(undefined, 'a', pod({ labels: { x: '1' } }));
    const same = written(created, 'a', pod({ labels: { x: '1' } }), { now: START + 1000 });
    expect(same.metadata.managedFields).toEqual(created.metadata.managedFields);
    const grown = written(same, 'a', pod({ labels: { x: '1', y: '1' } }), { now: START + 2000 });
    expect(grown.metadata.managedFields).toMatchObject([
      {
        time: '2026-01-01T00:00:02Z',
        fieldsV1: { 'f:metadata': { 'f:labels': { 'f:x': {}, 'f:y': {} } } },
      },
    ]);
  });

  it('of a subresource are managed by themselves', () => {
    const created = written(undefined, 'a', pod({ spec: { nodeName: 'n' } }));
    const running = pod({ spec: { nodeName: 'n' }, status: { phase: 'Running' } });
    const object = written(created, 'a', running, { subresource: 'status' });
    expect(object.metadata.managedFields).toMatchObject([
      { manager: 'a', fieldsV1: { 'f:spec': {} } },
      { manager: 'a', subresource: 'status', fieldsV1: { 'f:status': { 'f:phase': {} } } },
    ]);
  });

  it('can be given by a client, be reset, and are not lost by one that leaves them out', () => {
    const created = written(undefined, 'a', pod({ labels: { x: '1' } }));
    expect(entries(written(created, 'b', pod({ labels: { x: '1' }, managedFields: [] })))).toEqual(
      entries(created),
    );
    const given: ManagedFieldsEntry = {
      manager: 'c',
      operation: 'Apply',
      apiVersion: 'v1',
      time: '2026-01-01T00:00:00Z',
      fieldsType: 'FieldsV1',
      fieldsV1: { 'f:metadata': { 'f:labels': { 'f:x': {} } } },
    };
    const migrated = written(created, 'b', pod({ labels: { x: '1' }, managedFields: [given] }));
    expect(migrated.metadata.managedFields).toEqual([given]);
    expect(
      entries(written(created, 'b', pod({ labels: { x: '1' }, managedFields: [{}] }))),
    ).toEqual([]);
  });

  it('are none where an object was there without any', () => {
    const imported = pod({ labels: { x: '1' } });
    expect(entries(written(imported, 'a', pod({ labels: { x: '2' } })))).toEqual([]);
  });

  it('read keys and values in any spelling, and pass over what makes no sense', () => {
    const fieldsV1 = {
      'f:spec': { 'f:containers': { 'k:{ "name" : "web" }': { '.': {}, 'f:image': {} } } },
      'f:metadata': { 'f:finalizers': { 'v: "x"': {} } },
      nonsense: {},
      'k:{': {},
    };
    const entry: ManagedFieldsEntry = {
      manager: 'a',
      operation: 'Apply',
      apiVersion: 'v1',
      fieldsV1,
    };
    const before = pod({ spec: WEB, managedFields: [entry, { manager: 'nobody' }] });
    const renewed = pod({ spec: { containers: [{ ...WEB.containers[0], image: 'web:2' }] } });
    expect(entries(written(before, 'b', renewed))).toEqual([
      [
        'a',
        {
          'f:spec': { 'f:containers': { 'k:{"name":"web"}': {} } },
          'f:metadata': { 'f:finalizers': { 'v:"x"': {} } },
        },
      ],
      ['b', { 'f:spec': { 'f:containers': { 'k:{"name":"web"}': { 'f:image': {} } } } }],
    ]);
  });

  it('lump together what the oldest of more than ten managers updated', () => {
    const labels = (count: number): Record<string, string> =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`l${index}`, '1']));
    let object = written(undefined, 'm0', pod({ labels: labels(1) }));
    for (let index = 1; index < 12; index += 1) {
      const after = pod({ labels: labels(index + 1) });
      object = written(object, `m${index}`, after, { now: START + index * 1000 });
    }
    expect(object.metadata.managedFields).toHaveLength(10);
    expect(entries(object)[0]).toEqual([
      'ancient-changes',
      { 'f:metadata': { 'f:labels': { '.': {}, 'f:l0': {}, 'f:l1': {}, 'f:l2': {} } } },
    ]);
  });
});
