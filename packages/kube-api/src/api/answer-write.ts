import type { NewObject } from '@portolan/store';

import { textAt } from '../content/json-object.ts';
import { list } from '../list/list.ts';
import { negotiate } from '../negotiation/negotiation.ts';
import { present, presentList, presentStored, TRANSFORMS } from '../response/present.ts';
import { respond } from '../response/response.ts';
import { addWarnings } from '../response/warning.ts';
import { methodNotAllowed } from '../status/faults.ts';
import { create } from '../write/create.ts';
import { deleteOptions } from '../write/delete-options.ts';
import { remove, removeAll } from '../write/delete.ts';
import type { Outcome } from '../write/keep.ts';
import { patch } from '../write/patch.ts';
import { scale } from '../write/scale.ts';
import { update } from '../write/update.ts';
import type { Answer, Written } from './answer.ts';
import type { Call, Surroundings } from './call.ts';

/** Carries out a request that would write. */
export async function answerWrite(call: Call, surroundings: Surroundings): Promise<Answer> {
  const { request, url } = call;
  // Before anything is written.
  const form = negotiate(request, url, TRANSFORMS);
  if (call.subresource === 'scale') return answerOutcome(await scale(call, surroundings), 200);
  switch (call.verb) {
    case 'create':
      return answerOutcome(await create(call, surroundings), 201);
    case 'update': {
      const outcome = await update(call, surroundings);
      return answerOutcome(outcome, outcome.isNew ? 201 : 200);
    }
    case 'patch': {
      const outcome = await patch(call, surroundings);
      return answerOutcome(outcome, outcome.isNew ? 201 : 200);
    }
    case 'delete':
      return deleteOne();
    case 'deletecollection':
      return deleteMany();
    case 'get':
    case 'list':
    case 'watch':
      throw methodNotAllowed();
  }

  function answerOutcome({ object, warnings }: Outcome, code: number): Answer {
    const response = respond(presentStored(call, form, object, surroundings.now()), form, code);
    addWarnings(response.headers, warnings);
    return { response, written: writtenOf(object, url.searchParams.has('dryRun')) };
  }

  async function deleteOne(): Promise<Answer> {
    const { object, isGone, dryRun } = await remove(call, surroundings);
    const written = writtenOf(object, dryRun);
    if (!isGone || RETURNED.has(call.type.kind)) {
      return { response: respond(present(call, form, object, surroundings.now()), form), written };
    }
    const { group, plural: kind } = call.type;
    const { name, uid } = object.metadata;
    const details = { name, ...(group !== '' && { group }), kind, uid };
    const status = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details };
    return {
      response: respond(status, { ...form, mediaType: `application/${form.format}` }),
      written,
    };
  }

  async function deleteMany(): Promise<Answer> {
    const options = await deleteOptions(call, surroundings.maxBody);
    const listed = list(call, surroundings);
    removeAll(call, surroundings, listed.objects, options);
    const body = presentList(call, form, listed, surroundings.now());
    return { response: respond(body, form), written: { name: '', dryRun: options.dryRun } };
  }
}

/** Kinds whose objects are sent back when they are deleted, as the API server has it. */
const RETURNED: ReadonlySet<string> = new Set(['Pod', 'Service']);

function writtenOf({ metadata }: NewObject, dryRun: boolean): Written {
  const resourceVersion = textAt(metadata, 'resourceVersion');
  return { name: metadata.name, dryRun, ...(resourceVersion && { resourceVersion }) };
}
