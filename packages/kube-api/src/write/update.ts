import { authorizeObject } from '../access/authorize.ts';
import { wishOf, type Call, type Surroundings } from '../api/call.ts';
import { textAt } from '../content/json-object.ts';
import { notFound } from '../status/faults.ts';
import { checkName, checkVersion, readDraft } from './draft.ts';
import { keep, type Outcome } from './keep.ts';
import { writeOptions } from './write-options.ts';

/** Kinds that a PUT creates, as their strategies in the API server have it. */
const CREATED_BY_UPDATE: ReadonlySet<string> = new Set(['Endpoints', 'Lease', 'Service']);

/** What became of a PUT or PATCH, and whether the object is new. */
export type Updated = Outcome & { readonly isNew: boolean };

/** Replaces an object, or its status. */
export async function update(call: Call, surroundings: Surroundings): Promise<Updated> {
  const options = writeOptions(call.request, call.url, 'UpdateOptions');
  const { object: draft, duplicates } = await readDraft(call, surroundings.maxBody);
  checkName(call, draft);
  const { type, namespace, name = '', subresource } = call;
  const previous = surroundings.store.get({ resource: type.id, namespace, name });
  authorizeObject(call.identity, wishOf(call), previous);
  const intent = { draft, duplicates, options };
  if (previous !== undefined) {
    checkVersion(call, draft, previous);
    return { ...keep(call, surroundings, { ...intent, previous }), isNew: false };
  }
  const isFirst =
    CREATED_BY_UPDATE.has(type.kind) &&
    subresource === undefined &&
    textAt(draft.metadata, 'uid') === undefined &&
    textAt(draft.metadata, 'resourceVersion') === undefined;
  if (!isFirst) throw notFound(type, name);
  return { ...keep(call, surroundings, intent), isNew: true };
}
