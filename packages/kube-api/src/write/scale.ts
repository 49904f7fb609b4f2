import type { StoredObject } from '@portolan/store';

import { authorizeObject } from '../access/authorize.ts';
import { wishOf, type Call, type Surroundings } from '../api/call.ts';
import { numberAt, objectAt } from '../content/json-object.ts';
import { readBody, textOf } from '../content/read-body.ts';
import { SCALE_TYPE } from '../openapi/kinds/scale.ts';
import { applyPatch, type DraftObject } from '../patch/patch.ts';
import { scaleOf } from '../response/scale.ts';
import { invalid, notFound } from '../status/faults.ts';
import { checkName, checkVersion, draftOf, readDraft } from './draft.ts';
import { keep, type Outcome } from './keep.ts';
import { patchFault } from './patch-fault.ts';
import { writeOptions, type WriteOptions } from './write-options.ts';

/** Scales a workload by a Scale that is sent, or patched: only its replicas are looked at. */
export async function scale(call: Call, surroundings: Surroundings): Promise<Outcome> {
  return call.verb === 'patch' ? patchScale(call, surroundings) : putScale(call, surroundings);
}

async function putScale(call: Call, surroundings: Surroundings): Promise<Outcome> {
  const options = writeOptions(call.request, call.url, 'UpdateOptions');
  const { object } = await readDraft({ ...call, type: SCALE_TYPE }, surroundings.maxBody);
  return scaled(call, surroundings, previousOf(call, surroundings), object, options);
}

async function patchScale(call: Call, surroundings: Surroundings): Promise<Outcome> {
  const { request, url, type, namespace, name = '' } = call;
  const options = writeOptions(request, url, 'PatchOptions');
  const body = textOf(await readBody(request, surroundings.maxBody));
  const previous = previousOf(call, surroundings);
  const current = scaleOf(previous);
  const { resourceVersion } = previous.metadata;
  const patched = applyPatch({
    type: SCALE_TYPE,
    ref: { resource: type.id, namespace, name },
    contentType: request.headers.get('content-type') ?? '',
    body,
    current: { ...current, metadata: { ...current.metadata, resourceVersion } },
    ...(options.isNamed && { fieldManager: options.fieldManager }),
    ...(options.force !== undefined && { force: options.force }),
    subresource: 'scale',
    now: surroundings.now(),
  });
  if ('failure' in patched) throw patchFault(type, name, patched.failure);
  const draft = draftOf({ ...call, type: SCALE_TYPE }, patched.object);
  return scaled(call, surroundings, previous, draft, options);
}

function previousOf(call: Call, { store }: Surroundings): StoredObject {
  const { type, namespace, name = '' } = call;
  const previous = store.get({ resource: type.id, namespace, name });
  authorizeObject(call.identity, wishOf(call), previous);
  if (previous === undefined) throw notFound(type, name);
  return previous;
}

function scaled(
  call: Call,
  surroundings: Surroundings,
  previous: StoredObject,
  draft: DraftObject,
  options: WriteOptions,
): Outcome {
  checkName(call, draft);
  checkVersion(call, draft, previous);
  const replicas = numberAt(draft['spec'], 'replicas') ?? 0;
  const detail = faultOf(replicas);
  if (detail !== undefined) {
    const error = { type: 'Invalid', field: 'spec.replicas', value: replicas, detail } as const;
    throw invalid(SCALE_TYPE, previous.metadata.name, [error]);
  }
  const spec = { ...objectAt(previous, 'spec'), replicas };
  return keep(call, surroundings, { draft: { ...previous, spec }, previous, options });
}

function faultOf(replicas: number): string | undefined {
  if (!Number.isInteger(replicas) || replicas > MAX_INT32)
    return 'must be a whole number of 32 bits';
  return replicas < 0 ? 'must be greater than or equal to 0' : undefined;
}

const MAX_INT32 = 2 ** 31 - 1;
