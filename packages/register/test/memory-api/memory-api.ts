import type { RegisterOptions } from '../../src/index.ts';

/** One request, in short: `apply pods/web-1`, `merge leases/web-1`, `DELETE pods/web-1`. */
interface Asked {
  readonly what: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: object;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly ok: boolean;
}

/** As much of the resource API as a registration needs, in memory. */
export interface MemoryAPI {
  readonly fetch: NonNullable<RegisterOptions['fetch']>;
  readonly asked: Asked[];
  /** By `pods/web-1`, `leases/web-1`. */
  readonly objects: Map<string, object>;
  /** Answers instead, or rejects. */
  instead: (what: string) => Response | Promise<Response> | undefined;
}

const HOW: Readonly<Record<string, string>> = {
  'application/apply-patch+yaml': 'apply',
  'application/merge-patch+json': 'merge',
};

export function memoryAPI(): MemoryAPI {
  const objects = new Map<string, object>();
  const asked: Asked[] = [];
  const answer = (how: string, key: string, body: object): Response => {
    const object = objects.get(key);
    if (object === undefined && how !== 'apply') return failure(404, 'NotFound');
    if (how === 'DELETE') objects.delete(key);
    else objects.set(key, how === 'apply' ? withUID(body) : merged(object, body));
    return Response.json(objects.get(key) ?? {});
  };
  const api: MemoryAPI = {
    asked,
    objects,
    instead: () => undefined,
    fetch: async (url, { method = '', headers: fields, body: content, signal }) => {
      const headers = new Headers(fields);
      const how = HOW[headers.get('content-type') ?? ''] ?? method;
      const key = new URL(url).pathname.split('/').slice(-2).join('/');
      const what = `${how} ${key}`;
      const body: object = JSON.parse(typeof content === 'string' ? content : '{}');
      const at = Date.now();
      let response: Response | undefined;
      try {
        response = (await unlessAborted(api.instead(what), signal)) ?? answer(how, key, body);
        return response;
      } finally {
        asked.push({ what, url, headers, body, at, ok: response?.ok === true });
      }
    },
  };
  return api;
}

/** What is answered by an API that says no. */
export function failure(
  code: number,
  reason: string,
  fields: Record<string, string> = {},
): Response {
  const object = { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason, code };
  return Response.json(
    { ...object, message: `because: ${reason}` },
    { status: code, headers: fields },
  );
}

function unlessAborted(
  answer: Response | Promise<Response> | undefined,
  signal: AbortSignal | null | undefined,
): Promise<Response | undefined> {
  return new Promise((resolve, reject) => {
    signal?.addEventListener('abort', () => reject(new Error('aborted')));
    Promise.resolve(answer).then(resolve, reject);
  });
}

const withUID = (body: object): object =>
  merged(body, { metadata: { uid: '6b1d7a3c-8f1e-4e0e-9f51-0d5f0d6f8a01' } });

/** RFC 7396 */
function merged(target: unknown, patch: object): object {
  const result = new Map<string, unknown>(Object.entries(target ?? {}));
  for (const [key, value] of Object.entries(patch)) {
    const isNested = typeof value === 'object' && value !== null && !Array.isArray(value);
    result.set(key, isNested ? merged(result.get(key), value) : value);
  }
  return Object.fromEntries(result);
}
