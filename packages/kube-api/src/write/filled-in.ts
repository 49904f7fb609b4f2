import type { NewObject, StoredObject } from '@portolan/store';

import { REGISTERED_BY } from '../access/authorize.ts';
import { timestamp, type Call } from '../api/call.ts';
import { isObject, objectAt, textAt, type JSONObject } from '../content/json-object.ts';
import { isEqual } from '../patch/json/json.ts';
import type { DraftObject } from '../patch/patch.ts';

/** Whose status a write of the object itself sets: there is no kubelet and no cloud that would. */
const WITH_STATUS: ReadonlySet<string> = new Set(['Ingress', 'Node', 'Pod', 'Service']);

/**
 * A draft with what is the API's own to fill in. Where its status is written, the rest is as it was.
 *
 * @param now Milliseconds since 1970.
 */
export function filledIn(
  call: Call,
  draft: DraftObject,
  previous: StoredObject | undefined,
  now: number,
): NewObject {
  if (call.subresource === 'status' && previous !== undefined) {
    return withStatus(call, draft, previous);
  }
  const { type, namespace } = call;
  const name = textAt(draft.metadata, 'name') ?? '';
  const { apiVersion, kind, metadata, status: given, ...rest } = draft;
  const status =
    WITH_STATUS.has(type.kind) && isObject(given) ? given : statusOf(type.kind, previous);
  return {
    apiVersion,
    kind,
    metadata: {
      ...without(metadata, [
        'resourceVersion',
        'selfLink',
        'generation',
        'deletionTimestamp',
        'deletionGracePeriodSeconds',
      ]),
      name,
      ...(type.namespaced && { namespace }),
      uid: previous?.metadata.uid ?? crypto.randomUUID(),
      creationTimestamp: previous?.metadata.creationTimestamp ?? timestamp(now),
      ...only(previous?.metadata, ['deletionTimestamp', 'deletionGracePeriodSeconds']),
      ...labelled(call, draft, name),
    },
    ...rest,
    ...(status !== undefined && { status }),
  };
}

/** What a write to `status` makes of an object: labels and annotations go along. */
function withStatus(call: Call, draft: DraftObject, previous: StoredObject): NewObject {
  const { resourceVersion: _, ...metadata } = previous.metadata;
  return {
    ...previous,
    metadata: {
      ...metadata,
      ...only(draft.metadata, ['labels', 'annotations', 'managedFields']),
      ...labelled(call, draft, metadata.name),
    },
    ...('status' in draft && { status: draft['status'] }),
  };
}

/** Labels, with those that are not the client's to choose. */
function labelled({ type, identity }: Call, draft: DraftObject, name: string): JSONObject {
  const own = {
    ...(type.kind === 'Namespace' && { 'kubernetes.io/metadata.name': name }),
    ...(identity.role === 'register' && { [REGISTERED_BY]: identity.name }),
  };
  if (isEqual(own, {})) return {};
  return { labels: { ...objectAt(draft.metadata, 'labels'), ...own } };
}

function statusOf(kind: string, previous: StoredObject | undefined): unknown {
  return previous?.['status'] ?? (kind === 'Namespace' ? { phase: 'Active' } : undefined);
}

function only(value: JSONObject | undefined, fields: readonly string[]): JSONObject {
  return Object.fromEntries(
    Object.entries(value ?? {}).filter(([field]) => fields.includes(field)),
  );
}

function without(value: JSONObject, fields: readonly string[]): JSONObject {
  return Object.fromEntries(Object.entries(value).filter(([field]) => !fields.includes(field)));
}

/** With a generation that grows with each change of the spec. */
export function withGeneration(object: NewObject, previous: StoredObject | undefined): NewObject {
  const { generation: _, ...metadata } = object.metadata;
  if (object['spec'] === undefined) return { ...object, metadata };
  const before = previous?.metadata.generation ?? 0;
  const isSame = isEqual(object['spec'], previous?.['spec']);
  return { ...object, metadata: { ...metadata, generation: isSame ? before : before + 1 } };
}
