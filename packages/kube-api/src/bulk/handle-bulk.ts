import {
  RESOURCE_TYPES,
  UnavailableError,
  type NewObject,
  type ObjectRef,
  type Store,
  type Write,
} from '@portolan/store';

import type { Identity } from '../access/access.ts';
import type { Admission } from '../admission/admission.ts';
import { timestamp } from '../api/call.ts';
import { respond, respondStatus } from '../response/response.ts';
import { badRequest, methodNotAllowed, quote } from '../status/faults.ts';
import { StatusError } from '../status/status.ts';
import { admitPut, sourceOf } from './admit-put.ts';
import { parseHeader, parseWrite, type BulkWrite } from './bulk-content.ts';
import { bulkLines, type BulkLimits } from './bulk-lines.ts';
import type { BulkHeader, BulkResult, BulkScope, Refusal } from './bulk.ts';
import { checkpointObject, checkpointOf, checkpointRef } from './checkpoint.ts';
import { missingNamespaces } from './missing-namespaces.ts';

/** The parts of a request to `{prefix}/bulk` and below that count. */
export interface BulkRequest {
  readonly method: string;
  /** What stands behind `{prefix}/bulk/`, decoded; absent where nothing does. */
  readonly source?: string;
  readonly headers: Headers;
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>> | null;
}

export interface BulkContext {
  readonly store: Store;
  readonly admission: Admission;
  readonly identity: Identity;
  /** Milliseconds since 1970; `Date.now` by default. */
  readonly now?: () => number;
  /** Bytes of one line, unpacked; 4 MiB by default: more than any object of a cluster has. */
  readonly maxLine?: number;
  /** Bytes of all lines, unpacked; 256 MiB by default. */
  readonly maxContent?: number;
  /** Milliseconds within which all lines have to be there; 5 minutes by default. */
  readonly patience?: number;
  /** Is told what a write did, for the audit log. */
  readonly onWrite?: (result: BulkResult) => void;
}

const MEBIBYTE = 1024 * 1024;

/**
 * Answers `POST {prefix}/bulk` and `GET {prefix}/bulk/{source}`. Failures are answers with a Status.
 *
 * Nothing is written before all of the content has been read. Then checkpoint and objects go into one commit, so that
 * whatever happens, one is never there without the other.
 */
export async function handleBulk(request: BulkRequest, context: BulkContext): Promise<Response> {
  try {
    return respond(await answer(request, context));
  } catch (error) {
    if (error instanceof StatusError) return respondStatus(error.status);
    if (!(error instanceof UnavailableError)) throw error;
    return respondStatus(new StatusError(503, 'ServiceUnavailable', error.message).status);
  }
}

async function answer(request: BulkRequest, context: BulkContext): Promise<unknown> {
  const { store, identity } = context;
  const { method, source } = request;
  if (identity.role !== 'admin') {
    throw new StatusError(403, 'Forbidden', `bulk writes are for the role admin`);
  }
  // Whoever may move a source's checkpoint may have what the source sends passed over.
  const { namespace } = checkpointRef(source ?? '');
  if (!mayWrite(identity, { namespace })) {
    const why = `bulk writes are for tokens that are good for the namespace ${namespace}, too`;
    throw new StatusError(403, 'Forbidden', why);
  }
  if (source !== undefined) {
    if (method !== 'GET') throw methodNotAllowed();
    const checkpoint = checkpointOf(store, source);
    if (checkpoint !== undefined) return { source, checkpoint };
    throw new StatusError(404, 'NotFound', `nothing is known of source ${quote(source)}`);
  }
  if (method !== 'POST') throw methodNotAllowed();
  const { header, writes } = await read(request, {
    maxLine: context.maxLine ?? 4 * MEBIBYTE,
    maxContent: context.maxContent ?? 256 * MEBIBYTE,
    patience: context.patience ?? 300_000,
  });
  const result = write(header, writes, context);
  context.onWrite?.(result);
  return result;
}

interface Content {
  readonly header: BulkHeader;
  /** One for each object: the last. */
  readonly writes: ReadonlyMap<string, BulkWrite>;
}

async function read({ headers, body }: BulkRequest, limits: BulkLimits): Promise<Content> {
  const [type = ''] = (headers.get('Content-Type') ?? '').split(';');
  if (type.trim().toLowerCase() !== 'application/x-ndjson') {
    throw new StatusError(415, 'UnsupportedMediaType', 'Content-Type must be application/x-ndjson');
  }
  if (body === null) throw badRequest('there is no content');
  let header: BulkHeader | undefined;
  const writes = new Map<string, BulkWrite>();
  for await (const line of bulkLines(body, headers.get('Content-Encoding'), limits)) {
    if (header === undefined) {
      header = parseHeader(line);
    } else {
      const parsed = parseWrite(line);
      writes.set(keyOf(parsed.ref), parsed);
    }
  }
  if (header === undefined) throw badRequest('there is no content');
  return { header, writes };
}

/** Synchronous, so that nothing comes between what is read and the commit. */
function write(
  header: BulkHeader,
  writes: Content['writes'],
  { store, admission, identity, now = Date.now }: BulkContext,
): BulkResult {
  const { source, since, next } = header;
  if (since !== null && since !== checkpointOf(store, source)) {
    throw new StatusError(409, 'Conflict', `source ${source} is at another checkpoint: send all`);
  }
  const createdAt = timestamp(now());
  const refused: Refusal[] = [];
  const puts: NewObject[] = [];
  const deletes: Write[] = [];
  for (const { ref, put } of writes.values()) {
    const previous = store.get(ref);
    if (!mayWrite(identity, ref)) {
      refused.push({ ref, message: `${identity.name} may not write there` });
    } else if (put !== undefined && isTerminating(store, ref)) {
      refused.push({ ref, message: `namespace ${ref.namespace} is being terminated` });
    } else if (put === undefined) {
      if (previous !== undefined && sourceOf(previous) === source) deletes.push({ delete: ref });
    } else {
      const admitted = admitPut(admission, put, previous, source, createdAt);
      if ('object' in admitted) puts.push(admitted.object);
      else refused.push({ ref, message: admitted.refusal });
    }
  }
  if (since === null) {
    const gone = leftOver(store, header, writes).filter((ref) => mayWrite(identity, ref));
    deletes.push(...gone.map((ref) => ({ delete: ref })));
  }
  puts.push(checkpointObject(store, source, next, createdAt));
  const changes = store.commit([
    ...deletes,
    ...missingNamespaces(store, puts, createdAt).map((put) => ({ put })),
    ...puts.map((put) => ({ put })),
  ]);
  const deleted = changes.filter(({ type }) => type === 'DELETED').length;
  const written = changes.filter(({ type, ref }) => type !== 'DELETED' && writes.has(keyOf(ref)));
  return {
    source,
    checkpoint: next,
    resourceVersion: String(store.revision()),
    written: written.length,
    deleted,
    refused,
  };
}

/** What a source has beyond what it sent, and may know of. */
function leftOver(
  store: Store,
  { source, unlisted = [] }: BulkHeader,
  writes: Content['writes'],
): readonly ObjectRef[] {
  return RESOURCE_TYPES.flatMap(({ id: resource }) =>
    store
      .list(resource)
      .filter((object) => sourceOf(object) === source)
      .map(({ metadata: { namespace = '', name } }) => ({ resource, namespace, name }))
      .filter((ref) => !writes.has(keyOf(ref)) && !unlisted.some((scope) => isIn(scope, ref))),
  );
}

function isIn(scope: BulkScope, { resource, namespace }: ObjectRef): boolean {
  return (
    scope.resource === resource && (scope.namespace === undefined || scope.namespace === namespace)
  );
}

function mayWrite({ namespaces }: Identity, { namespace }: Pick<ObjectRef, 'namespace'>): boolean {
  return namespaces === undefined || namespaces.includes(namespace);
}

function isTerminating(store: Store, { namespace: name }: ObjectRef): boolean {
  const namespace = store.get({ resource: 'namespaces', namespace: '', name });
  return namespace?.metadata.deletionTimestamp !== undefined;
}

function keyOf({ resource, namespace, name }: ObjectRef): string {
  return [resource, namespace, name].join('/');
}
