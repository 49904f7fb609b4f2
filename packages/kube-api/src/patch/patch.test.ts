import { resourceTypeOf, type StoredObject } from '@portolan/store';
import { describe, expect, it } from 'vitest';

import { applyPatch, type Patched, type PatchRequest } from './patch.ts';

const CURRENT: StoredObject = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: {
    name: 'web',
    namespace: 'shop',
    uid: 'u',
    resourceVersion: '1',
    creationTimestamp: '2026-01-01T00:00:00Z',
  },
  data: { a: '1' },
};

function patched(contentType: string, body: string, more: Partial<PatchRequest> = {}): Patched {
  const type = resourceTypeOf(CURRENT);
  if (type === undefined) throw new Error('no such kind');
  const ref = { resource: type.id, namespace: 'shop', name: 'web' };
  return applyPatch({ type, ref, contentType, body, current: CURRENT, now: 0, ...more });
}

const MERGE = 'application/merge-patch+json';
const APPLY = 'application/apply-patch+yaml';

describe('a PATCH', () => {
  it.each([
    ['application/json-patch+json', '[{"op": "add", "path": "/data/b", "value": "2"}]'],
    [MERGE, '{"data": {"b": "2"}}'],
    ['Application/Merge-Patch+JSON; charset=utf-8', '{"data": {"b": "2"}}'],
    ['application/strategic-merge-patch+json', '{"data": {"b": "2"}}'],
  ])('of %s patches the object', (contentType, body) => {
    expect(patched(contentType, body)).toEqual({
      applied: false,
      object: { ...CURRENT, data: { a: '1', b: '2' } },
    });
  });

  it('takes bytes', () => {
    const body = new TextEncoder().encode('{"data": {"a": "ä"}}');
    expect(patched(MERGE, '', { body })).toMatchObject({ object: { data: { a: 'ä' } } });
  });

  it('of any other content type is refused, with what there is', () => {
    expect(patched('application/json', '{}')).toEqual({
      failure: {
        code: 415,
        reason: 'UnsupportedMediaType',
        message:
          'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json, application/apply-patch+yaml',
      },
    });
  });

  it('of what is not there is refused, unless it is an apply', () => {
    const failure = { code: 404, reason: 'NotFound', message: 'configmaps "web" not found' };
    expect(patched(MERGE, '{}', { current: undefined })).toEqual({ failure });
    const body = 'apiVersion: v1\nkind: ConfigMap';
    expect(patched(APPLY, body, { current: undefined, fieldManager: 'ci' })).toMatchObject({
      applied: true,
    });
  });

  it('needs a field manager for an apply', () => {
    const message = 'Required value: is required for apply patch';
    expect(patched(APPLY, 'apiVersion: v1\nkind: ConfigMap')).toEqual({
      failure: {
        code: 422,
        reason: 'Invalid',
        message: `PatchOptions.meta.k8s.io "" is invalid: fieldManager: ${message}`,
        causes: [{ reason: 'FieldValueRequired', message, field: 'fieldManager' }],
        about: { group: 'meta.k8s.io', kind: 'PatchOptions' },
      },
    });
  });

  it('can be forced only where it is an apply', () => {
    expect(patched(MERGE, '{}', { force: true })).toMatchObject({
      failure: {
        code: 422,
        message:
          'PatchOptions.meta.k8s.io "" is invalid: force: Forbidden: may not be specified for non-apply patch',
      },
    });
  });

  it.each([
    ['is no JSON', MERGE, '{'],
    ['is no object', MERGE, '[]'],
    ['is no object', 'application/strategic-merge-patch+json', 'null'],
    ['is no list', 'application/json-patch+json', '{}'],
    ['is no YAML', APPLY, 'a: [b'],
    ['has a key twice', APPLY, 'apiVersion: v1\napiVersion: v1\nkind: ConfigMap'],
    ['is two documents', APPLY, 'apiVersion: v1\n---\nkind: ConfigMap'],
    ['is far too deep', MERGE, `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`],
    ['is far too deep', APPLY, '['.repeat(20_000)],
    ['grows when it is read', APPLY, bomb()],
    ['takes the metadata away', MERGE, '{"metadata": null}'],
    [
      'takes all away',
      'application/json-patch+json',
      '[{"op": "replace", "path": "", "value": 1}]',
    ],
  ])('whose body %s is refused', (_, contentType, body) => {
    const { failure } = {
      failure: undefined,
      ...patched(contentType, body, { fieldManager: 'ci' }),
    };
    expect(failure).toMatchObject({ code: 400, reason: 'BadRequest' });
  });
});

/** YAML in which each list has ten times the one before it. */
function bomb(): string {
  const lists = Array.from({ length: 8 }, (_, index) => {
    const items = index === 0 ? 'x' : Array.from({ length: 10 }, () => `*l${index - 1}`).join(', ');
    return `l${index}: &l${index} [${items}]`;
  });
  return ['apiVersion: v1', 'kind: ConfigMap', ...lists].join('\n');
}
