import {
  apiVersionOf,
  type ObjectRef,
  type ResourceType,
  type StoredObject,
} from '@portolan/store';

import { schemaOf } from '../../openapi/kinds/kinds.ts';
import type { Struct } from '../../openapi/schema/schema.ts';
import { badRequest } from '../failure/failure.ts';
import {
  fieldOf,
  isEqual,
  isObject,
  withField,
  withoutNulls,
  type JSONObject,
} from '../json/json.ts';
import {
  difference,
  intersection,
  isEmpty,
  NO_FIELDS,
  union,
  type FieldSet,
} from '../managed-fields/field-set.ts';
import {
  decodeManagers,
  encodeManagers,
  isSame,
  type Manager,
} from '../managed-fields/managers.ts';
import { timeOf, unwritten } from '../managed-fields/update-managed-fields.ts';
import { compare } from '../structured-merge/compare.ts';
import { faultsOf } from '../structured-merge/faults.ts';
import { fieldsOf, managedOf, withDeclaredFields } from '../structured-merge/fields-of.ts';
import { merge } from '../structured-merge/merge.ts';
import { remove } from '../structured-merge/remove.ts';
import { conflictError } from './conflicts.ts';
import { lastAppliedFields, withLastApplied } from './last-applied.ts';

export interface ApplyRequest {
  readonly type: ResourceType;
  readonly ref: ObjectRef;
  readonly config: JSONObject;
  readonly current: StoredObject | undefined;
  readonly fieldManager: string;
  readonly force: boolean;
  readonly subresource: string;
  readonly now: number;
}

/** The manager of `kubectl apply --server-side`, which may take over what `kubectl apply` applied before. */
const KUBECTL = 'kubectl';

/**
 * Server-side apply: the configuration is laid over the object, what the manager applied before and no longer does is removed
 * unless somebody else has it too, and who owns what is noted. Source: Kubernetes documentation, Server-Side Apply; KEP-555.
 *
 * @throws {PatchError} 400 where the configuration is none of this kind, 409 where it conflicts with others'.
 */
export function apply(request: ApplyRequest): JSONObject {
  const { type, current, fieldManager, subresource, now } = request;
  const schema = schemaOf(type);
  const config = configOf(request, schema);
  const applier: Manager = {
    manager: fieldManager,
    operation: 'Apply',
    apiVersion: apiVersionOf(type),
    subresource,
    time: timeOf(now),
    fields: fieldsOf(schema, config),
  };
  const before = managersOf(type, current);
  const last = before.find((each) => isSame(each, applier));
  const others = before.filter((each) => each !== last);
  const live: JSONObject = current ?? {};
  const merged = prune(schema, merge(schema, live, config), last, [...others, applier]);
  const { changed, removed } = compare(schema, live, merged);
  const conflicts = others
    .map((manager) => ({ manager, fields: intersection(manager.fields, changed) }))
    .filter(({ fields }) => !isEmpty(fields));
  if (!request.force && conflicts.length > 0) {
    const allowed = fieldManager === KUBECTL ? lastAppliedFields(schema, live) : NO_FIELDS;
    const serious = conflicts
      .map(({ manager, fields }) => ({ manager, fields: difference(fields, allowed) }))
      .filter(({ fields }) => !isEmpty(fields));
    if (serious.length > 0) throw conflictError(serious);
  }

  // A field that is applied as null is given up, and noted as the applier's all the same.
  const object = withoutNulls(merged);
  const lost = union(changed, removed);
  const fields = managedOf(applier.fields);
  const isRepeated = last !== undefined && isEqual(live, object) && isSameSet(last.fields, fields);
  const managedFields = encodeManagers([
    ...others.map((each) => ({ ...each, fields: difference(each.fields, lost) })),
    isRepeated ? last : { ...applier, fields },
  ]);
  const applied = objectFrom(object);
  const noted = fieldManager === KUBECTL ? withLastApplied(applied, config) : applied;
  const metadata = objectFrom(fieldOf(noted, 'metadata'));
  return withField(noted, 'metadata', withField(metadata, 'managedFields', managedFields));
}

function objectFrom(value: unknown): JSONObject {
  return isObject(value) ? value : {};
}

/** Who owns what of an object; one that nobody wrote through the API is its first applier's predecessor's. */
function managersOf(type: ResourceType, current: StoredObject | undefined): readonly Manager[] {
  if (current === undefined) return [];
  const managers = decodeManagers(current.metadata.managedFields);
  if (managers.length > 0) return managers;
  const { changed } = compare(schemaOf(type), unwritten(current), current);
  return [
    {
      manager: 'before-first-apply',
      operation: 'Update',
      apiVersion: apiVersionOf(type),
      subresource: '',
      fields: managedOf(changed),
    },
  ];
}

/** `merged` without what was applied before by the one who applies now, and is nobody's any more. */
function prune(
  schema: Struct,
  merged: unknown,
  last: Manager | undefined,
  managers: readonly Manager[],
): unknown {
  const owned = managers.map(({ fields }) => fields).reduce(union, NO_FIELDS);
  const dropped =
    last === undefined
      ? NO_FIELDS
      : difference(withDeclaredFields(schema, last.fields), withDeclaredFields(schema, owned));
  return remove(schema, merged, dropped, owned);
}

function isSameSet(one: FieldSet, other: FieldSet): boolean {
  return isEmpty(difference(one, other)) && isEmpty(difference(other, one));
}

/** The configuration, complete with the name that the URL gives it, and checked. */
function configOf({ type, ref, config, subresource }: ApplyRequest, schema: Struct): JSONObject {
  const expected = apiVersionOf(type);
  const { apiVersion, kind } = config;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') {
    throw badRequest("Object 'Kind' or 'apiVersion' is missing");
  }
  if (apiVersion !== expected || kind !== type.kind) {
    throw badRequest(
      kind === type.kind
        ? `Incorrect version specified in apply patch. Specified patch version: ${apiVersion}, expected: ${expected}`
        : `Incorrect kind specified in apply patch. Specified kind: ${kind}, expected: ${type.kind}`,
    );
  }
  const given = config['metadata'] ?? {};
  if (!isObject(given)) throw badRequest('metadata must be a map');
  const { managedFields, ...metadata } = given;
  if (managedFields !== undefined && managedFields !== null && !isEqual(managedFields, [])) {
    throw badRequest('metadata.managedFields must be nil');
  }
  const named = {
    ...metadata,
    name: metadata['name'] ?? ref.name,
    ...(type.namespaced ? { namespace: metadata['namespace'] ?? ref.namespace } : {}),
  };
  const complete = withField(config, 'metadata', named);
  const faults = faultsOf(schema, complete).map((fault) =>
    // A Secret's values are nobody's business.
    type.kind === 'Secret' ? fault.replace(/, got .*$/s, '') : fault,
  );
  if (faults.length > 0) {
    const what = `${ref.namespace === '' ? '' : `${ref.namespace}/`}${ref.name}; ${expected}, Kind=${type.kind}`;
    const why =
      faults.length === 1
        ? faults[0]
        : `errors:\n${faults.map((fault) => `  ${fault}`).join('\n')}`;
    throw badRequest(`failed to create typed patch object (${what}): ${why}`);
  }
  return subresource === '' ? complete : partFor(subresource, complete);
}

const WITH_SUBRESOURCE: ReadonlySet<string> = new Set([
  'annotations',
  'labels',
  'name',
  'namespace',
  'resourceVersion',
  'uid',
]);

/** What a write to a subresource can write. */
function partFor(subresource: string, config: JSONObject): JSONObject {
  const parts = new Set(['apiVersion', 'kind', 'metadata', subresource]);
  const metadata = fieldOf(config, 'metadata');
  const kept = Object.entries(objectFrom(metadata)).filter(([name]) => WITH_SUBRESOURCE.has(name));
  const written = Object.fromEntries(Object.entries(config).filter(([name]) => parts.has(name)));
  return withField(written, 'metadata', Object.fromEntries(kept));
}
