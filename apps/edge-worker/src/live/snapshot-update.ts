import { SNAPSHOT_FORMAT, type Snapshot, type SnapshotDelta } from '@portolan/engine';

/** The last Snapshot there is, or what has changed since the one that was named. */
export type SnapshotUpdate =
  | { readonly revision: number; readonly snapshot: Snapshot }
  | { readonly revision: number; readonly delta: SnapshotDelta };

/** Bytes of JSON. What is made of it is larger, and an isolate has 128 MB for everything. */
const LARGEST = 32 * 1024 * 1024;

/**
 * Reads an update. No more of it is taken than an isolate can hold, however well it was packed.
 *
 * @throws where it is too large, no JSON, or no update.
 */
export async function readUpdate(body: ReadableStream<Uint8Array> | null): Promise<SnapshotUpdate> {
  const value: unknown = JSON.parse(await textOf(body));
  if (!isUpdate(value)) throw new Error('what came is no Snapshot');
  return value;
}

async function textOf(body: ReadableStream<Uint8Array> | null): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  const reader = body?.getReader();
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- one chunk after the other
    const chunk = await reader?.read();
    if (chunk?.value === undefined) return text + decoder.decode();
    size += chunk.value.byteLength;
    if (size > LARGEST) {
      void reader?.cancel().catch(() => undefined);
      throw new Error(`what came is larger than ${LARGEST} bytes`);
    }
    text += decoder.decode(chunk.value, { stream: true });
  }
}

function isUpdate(value: unknown): value is SnapshotUpdate {
  return (
    isRecord(value) &&
    Number.isSafeInteger(value['revision']) &&
    (isRecord(value['delta']) || isRecord(value['snapshot']))
  );
}

/**
 * Whether all that requests lean on is there. What is in it is not looked at, so that it costs nothing: whoever made it is
 * trusted with that.
 *
 * @throws where it is no Snapshot, or one of another format.
 */
export function checkSnapshot(snapshot: unknown): asserts snapshot is Snapshot {
  if (!isRecord(snapshot)) throw new Error('what came is no Snapshot');
  const { format, version, clusterDomain, routes, routeSettings, services } = snapshot;
  const { frontends, nodeAddresses } = snapshot;
  if (format !== SNAPSHOT_FORMAT) {
    throw new Error(`format ${String(format)} is not ${SNAPSHOT_FORMAT}`);
  }
  const isWhole =
    typeof version === 'string' &&
    /^[0-9a-f]{16}$/.test(version) &&
    typeof clusterDomain === 'string' &&
    isRecord(routes) &&
    isRecord(routes['hostDefaultBackends']) &&
    ['sources', 'rules', 'actions', 'entries', 'hosts', 'defaultBackends'].every((part) =>
      Array.isArray(routes[part]),
    ) &&
    Array.isArray(services) &&
    services.every(isRecord) &&
    [routeSettings, frontends, nodeAddresses].every(isRecord);
  if (!isWhole) throw new Error('what came is a Snapshot that lacks something');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
