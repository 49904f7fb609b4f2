import { objectKey, type ObjectKey, type Resource } from '@portolan/core';
import { collectionPath, objectPath, RESOURCE_TYPES, type ResourceType } from '@portolan/store';
import * as v from 'valibot';

/** An object, or some of its fields. */
export interface Applied extends Pick<Resource, 'apiVersion' | 'kind' | 'metadata'> {
  readonly [field: string]: unknown;
}

/** The resource API of the local control plane, for `npm start` itself. */
export interface ResourceAPI {
  /** Resolves when it answers. @throws with what it said last, after ten seconds. */
  readonly ready: () => Promise<void>;
  /** Server-side apply: creates the object, or makes the fields given what they are here. @throws with the API's message. */
  readonly apply: (object: Applied | Resource, fieldManager: string) => Promise<void>;
  /** What is gone already is no error. @throws with the API's message. */
  readonly remove: (object: Pick<Resource, 'apiVersion' | 'kind' | 'metadata'>) => Promise<void>;
  /** Keeps all objects of a kind at hand, until the signal aborts. Resolves once those that there are have been read. */
  readonly follow: (kind: Resource['kind'], options: FollowOptions) => Promise<void>;
}

interface FollowOptions {
  readonly signal: AbortSignal;
  /** All objects there are, after each change. */
  readonly onChange: (objects: ReadonlyMap<ObjectKey, Resource>) => void;
}

const EventSchema = v.object({
  type: v.picklist(['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK', 'ERROR']),
  object: v.custom<Resource>((value) => typeof value === 'object' && value !== null),
});

const StatusSchema = v.object({ message: v.string() });

/** @param base With the prefix, without a trailing slash: `http://127.0.0.1:8787/.portolan/kube`. */
export function resourceAPI(base: string, token: string): ResourceAPI {
  const call = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${token}`);
    const response = await fetch(base + path, { ...init, headers });
    if (response.ok) return response;
    const status = v.safeParse(StatusSchema, await response.json().catch(() => undefined));
    const message = status.success ? status.output.message : `status ${response.status}`;
    throw Object.assign(new Error(message), { code: response.status });
  };

  return {
    ready: async () => {
      const until = Date.now() + 10_000;
      for (;;) {
        try {
          // oxlint-disable-next-line no-await-in-loop -- one try after another
          return await (await call('/readyz')).body?.cancel();
        } catch (error) {
          if (Date.now() > until) throw error;
          // oxlint-disable-next-line no-await-in-loop
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
      }
    },
    apply: async (object, fieldManager) => {
      const response = await call(`${pathOf(object)}?fieldManager=${fieldManager}&force=true`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/apply-patch+yaml' },
        body: JSON.stringify(object),
      });
      await response.body?.cancel();
    },
    remove: async (object) => {
      try {
        await (await call(pathOf(object), { method: 'DELETE' })).body?.cancel();
      } catch (error) {
        if (!isGone(error)) throw error;
      }
    },
    follow: async (kind, { signal, onChange }) => {
      const objects = new Map<ObjectKey, Resource>();
      const path = collectionPath(typeOf(kind));
      await new Promise<void>((resolve) => {
        const watch = async (): Promise<void> => {
          objects.clear();
          const query = 'watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan';
          const response = await call(`${path}?${query}&allowWatchBookmarks=true`, { signal });
          let isComplete = false;
          for await (const line of linesOf(response)) {
            const { type, object } = v.parse(EventSchema, JSON.parse(line));
            if (type === 'ERROR') return;
            if (type === 'BOOKMARK') isComplete = true;
            else if (type === 'DELETED') objects.delete(objectKey(object));
            else objects.set(objectKey(object), object);
            if (isComplete) {
              onChange(objects);
              resolve();
            }
          }
        };
        void untilAborted(signal, watch);
      });
    },
  };
}

/** Again and again: a watch ends now and then, and begins anew with all there is. */
async function untilAborted(signal: AbortSignal, watch: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    // oxlint-disable-next-line no-await-in-loop -- one watch after another
    await watch().catch(() => undefined);
    // oxlint-disable-next-line no-await-in-loop
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function* linesOf({ body }: Response): AsyncGenerator<string> {
  let rest = '';
  for await (const text of (body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}

function typeOf(kind: Resource['kind']): ResourceType {
  const type = RESOURCE_TYPES.find((each) => each.kind === kind);
  if (type === undefined) throw new Error(`${kind} is not served`);
  return type;
}

/** @param object in `default` where it names no namespace */
function pathOf(object: Pick<Resource, 'apiVersion' | 'kind' | 'metadata'>): string {
  const { name, namespace = 'default' } = object.metadata;
  return objectPath({ resource: typeOf(object.kind).id, namespace, name });
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 404;
}
