import type { Call, Surroundings } from '../api/call.ts';
import { textAt } from '../content/json-object.ts';
import type { DraftObject } from '../patch/patch.ts';
import { checkSegment } from '../request-path/request-path.ts';
import { alreadyExists, badRequest, invalid } from '../status/faults.ts';
import { readDraft } from './draft.ts';
import { keep, type Outcome } from './keep.ts';
import { writeOptions } from './write-options.ts';

/** Without vowels and what looks like them, so that no words come of it: k8s.io/apimachinery `rand.String`. */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';
const SUFFIX_LENGTH = 5;
const GENERATED_NAME_BASE_MAX_LENGTH = 63 - SUFFIX_LENGTH;
const TRIES = 8;

/** Kubernetes API concepts, and API conventions, Idempotency for generated names. */
export async function create(call: Call, surroundings: Surroundings): Promise<Outcome> {
  const options = writeOptions(call.request, call.url, 'CreateOptions');
  const { object, duplicates } = await readDraft(call, surroundings.maxBody);
  if (textAt(object.metadata, 'resourceVersion') !== undefined) {
    throw badRequest('resourceVersion should not be set on objects to be created');
  }
  const draft = named(call, surroundings, object);
  return keep(call, surroundings, { draft, duplicates, options });
}

/** With a name of its own, or one that is made for it. */
function named(call: Call, { store, random }: Surroundings, draft: DraftObject): DraftObject {
  const { type, namespace } = call;
  const isTaken = (name: string): boolean =>
    store.get({ resource: type.id, namespace, name }) !== undefined;
  const name = textAt(draft.metadata, 'name');
  if (name !== undefined) {
    checkSegment(name);
    if (isTaken(name)) throw alreadyExists(type, name);
    return draft;
  }
  const base = textAt(draft.metadata, 'generateName')?.slice(0, GENERATED_NAME_BASE_MAX_LENGTH);
  if (base === undefined) {
    const detail = 'name or generateName is required';
    throw invalid(type, '', [{ type: 'Required', field: 'metadata.name', detail }]);
  }
  for (let left = TRIES; ; left--) {
    const made = base + suffix(random);
    if (!isTaken(made)) return { ...draft, metadata: { ...draft.metadata, name: made } };
    if (left === 0) throw alreadyExists(type, made);
  }
}

function suffix(random: () => number): string {
  return Array.from(
    { length: SUFFIX_LENGTH },
    () => ALPHABET[Math.floor(random() * ALPHABET.length)],
  ).join('');
}
