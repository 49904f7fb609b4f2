import type { NewObject, StoredObject, Write } from '../../src/index.ts';

/** How many names there are: each is written again and again. */
const NAMES = 7;

/** The writes of a commit: two objects that tell which commit it was, and sometimes one that is deleted. */
export function writesOf(count: number): readonly Write[] {
  return [
    { put: configMap(`name-${count % NAMES}`, count) },
    { put: configMap('last', count) },
    ...(count % 5 === 0
      ? [
          {
            delete: {
              resource: 'configmaps',
              namespace: 'shop',
              name: `name-${(count + 3) % NAMES}`,
            },
          },
        ]
      : []),
  ];
}

/** What there is after all commits up to one, by name. */
export function expectedAfter(count: number): ReadonlyMap<string, number> {
  const expected = new Map<string, number>();
  for (let each = 0; each <= count; each += 1) {
    for (const write of writesOf(each)) {
      if ('put' in write) expected.set(write.put.metadata.name, each);
      else expected.delete(write.delete.name);
    }
  }
  return expected;
}

export function countOf(object: StoredObject): number {
  const data = object['data'];
  return typeof data === 'object' && data !== null && 'count' in data
    ? Number(data.count)
    : Number.NaN;
}

function configMap(name: string, count: number): NewObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name,
      namespace: 'shop',
      uid: `uid-${name}`,
      creationTimestamp: '2026-01-01T00:00:00Z',
    },
    data: { count: String(count), filling: 'x'.repeat(count % 5_000) },
  };
}
