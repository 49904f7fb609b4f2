import { canonicalJSON } from '@portolan/core';
import { parseManifests } from '@portolan/manifests';

import {
  authoredOf,
  authoredText,
  readAuthored,
  type Authored,
} from '../manifest-text/authored.ts';
import { manifestTexts, removedText, replacedTexts } from '../manifest-text/manifest-text.ts';
import type { NewObject, ObjectRef } from '../object/stored-object.ts';
import { resourceTypeOf } from '../resource-type/resource-type.ts';
import { refOf } from '../store/ref-of.ts';
import { UnavailableError } from '../store/store.ts';
import { keyOf, type FileRecord, type RecordChanges } from './records.ts';

/** What an object is to become; absent where it is to go. */
export interface ObjectChange {
  readonly ref: ObjectRef;
  readonly object?: NewObject;
}

/** What is to be done to files so that they hold the objects. */
export interface FilePlan {
  /** New texts by file, relative to the folder; `undefined` for a file that is to go. */
  readonly texts: ReadonlyMap<string, string | undefined>;
  /** With `before`, since it isn't done yet. */
  readonly records: RecordChanges;
}

/** What is asked of the folder as it is. */
export interface FolderFiles {
  readonly record: (key: string) => FileRecord | undefined;
  /** The text of a file; `undefined` where there is none. */
  readonly read: (file: string) => string | undefined;
  /** Another file in which the same object stands. */
  readonly duplicate: (key: string) => string | undefined;
}

/**
 * Finds the texts that files are to have. Changes nothing itself.
 *
 * @throws {UnavailableError} where an object can't be written into its file; it says which file holds it.
 */
export function planFiles(changes: readonly ObjectChange[], files: FolderFiles): FilePlan {
  const texts = new Map<string, string | undefined>();
  const records = new Map<string, FileRecord | undefined>();
  const read = (file: string): string | undefined =>
    texts.has(file) ? texts.get(file) : files.read(file);
  for (const { ref, object } of changes) {
    const key = keyOf(ref);
    const record = files.record(key);
    const stands = record && standing(record);
    if (stands === undefined && (object === undefined || isKeptUp(object))) continue;
    const before = stands === undefined ? undefined : readAuthored(stands);
    const authored = object && authoredOf(object, before);
    const expected = authored && readBack(authored);
    if (expected === stands) continue;
    const own = authored ?? before;
    if (own === undefined) continue;
    const file = record?.file ?? freePath(ref, own.kind, read);
    const duplicate = files.duplicate(key);
    if (duplicate !== undefined && expected === undefined) {
      throw new UnavailableError(
        `${nameOf(ref)} stands in ${file} and in ${duplicate}: delete it there`,
      );
    }
    const text = read(file);
    const next = candidates(file, text, own, authored).find((each) =>
      isAsMeant(file, text, each, key, expected),
    );
    if (next === undefined) {
      throw new UnavailableError(
        `${nameOf(ref)} stands in ${file}, not as a document of its own: edit it there`,
      );
    }
    texts.set(file, /\S/u.test(next) ? next : undefined);
    records.set(key, {
      ref,
      file,
      before: stands ?? '',
      ...(expected !== undefined && { authored: expected }),
    });
  }
  return { texts, records };
}

/** What stands in the file for certain: nothing where it is empty or absent. */
function standing({ authored, before }: FileRecord): string | undefined {
  return before === undefined ? authored : before || undefined;
}

/** A file of its own for a new object: `shop/service-web.yaml`, `node-a.yaml` for one without a namespace. */
function freePath(
  { namespace, name }: ObjectRef,
  kind: string,
  read: (file: string) => string | undefined,
): string {
  // File systems allow 255 bytes.
  const base = `${namespace === '' ? '' : `${namespace}/`}${kind.toLowerCase()}-${name}`.slice(
    0,
    200,
  );
  for (let count = 1; ; count += 1) {
    const file = `${base}${count === 1 ? '' : `-${count}`}.yaml`;
    if (read(file) === undefined) return file;
  }
}

/** Objects that a process keeps up, not a person, have no place among manifests, and Leases are none. */
function isKeptUp({ kind, metadata }: NewObject): boolean {
  const { ownerReferences = [], annotations = {} } = metadata;
  return (
    kind === 'Lease' ||
    ownerReferences.length > 0 ||
    annotations['portolan.dev/lease'] !== undefined ||
    annotations['portolan.dev/source'] !== undefined
  );
}

function nameOf({ resource, namespace, name }: ObjectRef): string {
  return `${resource} ${namespace === '' ? '' : `${namespace}/`}${name}`;
}

function candidates(
  file: string,
  text: string | undefined,
  own: Authored,
  authored: Authored | undefined,
): readonly string[] {
  if (authored === undefined) {
    if (text === undefined) return [''];
    const rest = removedText(file, text, own);
    return rest === undefined ? [] : [rest];
  }
  return text === undefined ? manifestTexts(authored) : replacedTexts(file, text, authored);
}

/** The object as it is read from a manifest. */
function readBack(authored: Authored): string {
  const { manifests, diagnostics } = parseManifests([
    { name: 'object.json', text: JSON.stringify(authored) },
  ]);
  const [manifest] = manifests;
  if (manifest === undefined) {
    const said = diagnostics.map(({ message }) => message).join('; ');
    const { kind, metadata } = authored;
    throw new UnavailableError(`${kind} ${metadata.name} can't be kept as a manifest: ${said}`);
  }
  return authoredText(manifest.resource);
}

/** Whether the object stands in the new text as it should, and everything else as it did. */
function isAsMeant(
  file: string,
  text: string | undefined,
  next: string,
  key: string,
  expected: string | undefined,
): boolean {
  const wanted = new Map(objectsIn(file, text ?? ''));
  if (expected === undefined) wanted.delete(key);
  else wanted.set(key, expected);
  const found = objectsIn(file, next);
  return (
    canonicalJSON(Object.fromEntries(found)) === canonicalJSON(Object.fromEntries(wanted)) &&
    faultsIn(file, next) <= faultsIn(file, text ?? '')
  );
}

/** What stands in a text, by key. */
export function objectsIn(file: string, text: string): ReadonlyMap<string, string> {
  const { manifests } = parseManifests([{ name: file, text, discovered: true }]);
  return new Map(
    manifests
      .filter(({ resource }) => resourceTypeOf(resource) !== undefined)
      .map(({ resource }) => [keyOf(refOf(resource)), authoredText(resource)]),
  );
}

function faultsIn(file: string, text: string): number {
  const { diagnostics } = parseManifests([{ name: file, text, discovered: true }]);
  return diagnostics.filter(
    ({ severity, code }) => severity === 'error' && code !== 'DuplicateObject',
  ).length;
}
