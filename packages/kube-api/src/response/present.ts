import type { NewObject } from '@portolan/store';

import type { Call } from '../api/call.ts';
import { isObject, textsAt } from '../content/json-object.ts';
import { listObject, type Listed } from '../list/list.ts';
import type { Form } from '../negotiation/negotiation.ts';
import { SCALE_TYPE } from '../openapi/kinds/scale.ts';
import { tableOf } from '../table/table.ts';
import { partialMetadata } from './partial-metadata.ts';
import { scaleOf } from './scale.ts';

/** What objects can be turned into. Kubernetes API concepts, Receiving resources as Tables. */
export const TRANSFORMS: readonly string[] = [
  'Table;meta.k8s.io/v1',
  'PartialObjectMetadata;meta.k8s.io/v1',
  'PartialObjectMetadataList;meta.k8s.io/v1',
];

/**
 * An object in the form that a client wants.
 *
 * @param hasColumns Whether a Table tells its columns, too: not again where it goes on.
 */
export function present(
  call: Call,
  form: Form,
  object: object,
  now: number,
  hasColumns = true,
): object {
  if (form.as === undefined || !isObject(object)) return object;
  if (form.as !== 'Table') return partialMetadata(object);
  const { resourceVersion = '' } = textsAt(object, 'metadata');
  return tableOf(call, { resourceVersion }, [object], now, hasColumns);
}

/** An object of the store, or its Scale where that is what a request is about, in the form that a client wants. */
export function presentStored(call: Call, form: Form, object: NewObject, now: number): object {
  if (call.subresource !== 'scale') return present(call, form, object, now);
  return present({ ...call, type: SCALE_TYPE }, form, scaleOf(object), now);
}

/** Objects in the form that a client wants. */
export function presentList(call: Call, { as }: Form, listed: Listed, now: number): object {
  if (as === undefined) return listObject(call, listed);
  if (as === 'Table') return tableOf(call, listed.metadata, listed.objects, now, true);
  return {
    kind: 'PartialObjectMetadataList',
    apiVersion: 'meta.k8s.io/v1',
    metadata: listed.metadata,
    items: listed.objects.map(partialMetadata),
  };
}
