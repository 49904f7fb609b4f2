import type { NewObject, Store } from '@portolan/store';
import { openStore } from '@portolan/store';

import type { Token } from '../../src/access/access.ts';
import type { Admission } from '../../src/admission/admission.ts';
import { createKubeAPI, type KubeAPI, type KubeAPIOptions } from '../../src/api/kube-api.ts';
import type { AuditEvent } from '../../src/audit/audit.ts';

export const ADMIN: Token = { name: 'root', role: 'admin', token: 'admin-token-0123456789' };
export const READER: Token = { name: 'eve', role: 'read', token: 'read-token-0123456789' };
export const REGISTRAR: Token = {
  name: 'shop-pods',
  role: 'register',
  token: 'register-token-0123456789',
  namespaces: ['shop'],
  addresses: ['10.1.0.0/16', 'fd00::/8'],
};
export const NEIGHBOUR: Token = {
  name: 'other-pods',
  role: 'register',
  token: 'neighbour-token-0123456789',
};
export const SHOP_ADMIN: Token = {
  name: 'shopkeeper',
  role: 'admin',
  token: 'shop-admin-token-0123456789',
  namespaces: ['shop'],
};

/** Lets everything through, but for the field `spec.prots`, which nothing has, and names that begin with `bad`. */
export const LENIENT: Admission = {
  admit: ({ object }) => {
    const { spec } = object;
    if (object.metadata.name.startsWith('bad')) {
      const fault = {
        type: 'Invalid',
        field: 'metadata.name',
        value: object.metadata.name,
      } as const;
      return {
        invalid: [
          { ...fault, detail: 'must be good' },
          { type: 'Required', field: 'spec.goodness', detail: '' },
        ],
      };
    }
    if (!isRecord(spec) || !('prots' in spec)) return { object };
    const { prots: _, ...rest } = spec;
    return { object: { ...object, spec: rest }, unknownFields: ['spec.prots'] };
  },
};

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

interface Asking {
  readonly token?: Token | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

export interface Harness {
  readonly api: KubeAPI;
  readonly store: Store;
  readonly events: AuditEvent[];
  readonly ask: (line: string, asking?: Asking) => Promise<Response>;
  /** What is answered, as JSON, with the status under `httpCode`. */
  readonly json: (line: string, asking?: Asking) => Promise<Record<string, unknown>>;
}

/** 2026-11-23T12:00:00Z */
export const NOON = Date.UTC(2026, 10, 23, 12);

/** An API over a store in memory, and somebody who asks it: `ask('GET /api/v1/pods')`. */
export function harness(
  options: Partial<KubeAPIOptions> & { readonly history?: number } = {},
): Harness {
  const { history, ...rest } = options;
  const store =
    options.store ?? openStore(undefined, { now: () => 1000, ...(history && { history }) });
  const events: AuditEvent[] = [];
  const api = createKubeAPI({
    store,
    admission: LENIENT,
    tokens: [ADMIN, READER, REGISTRAR, NEIGHBOUR, SHOP_ADMIN],
    audit: (event) => events.push(event),
    now: () => NOON,
    ...rest,
  });
  const ask: Harness['ask'] = async (line, { token = ADMIN, headers = {}, body, signal } = {}) => {
    const [method = 'GET', path = '/'] = line.split(' ');
    const isText = typeof body === 'string';
    return api.fetch(
      new Request(`http://localhost${path}`, {
        method,
        ...(body !== undefined && { body: isText ? body : JSON.stringify(body) }),
        ...(signal && { signal }),
        headers: {
          ...(token && { authorization: `Bearer ${token.token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
      }),
    );
  };
  return {
    api,
    store,
    events,
    ask,
    json: async (line, asking) => {
      const response = await ask(line, asking);
      return { httpCode: response.status, ...JSON.parse(await response.text()) };
    },
  };
}

export const PODS = '/api/v1/namespaces/shop/pods';
export const SERVICES = '/api/v1/namespaces/shop/services';
export const LEASES = '/apis/coordination.k8s.io/v1/namespaces/shop/leases';

/** A Pod as a client sends it. */
export function pod(name: string, rest: Readonly<Record<string, unknown>> = {}): object {
  const { metadata, ...others } = rest;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, ...(isRecord(metadata) && metadata) },
    spec: { containers: [{ name: 'web' }] },
    ...others,
  };
}

/** A ConfigMap as it is kept. */
export function configMap(
  name: string,
  namespace: string,
  labels: Readonly<Record<string, string>> = {},
): NewObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name,
      namespace,
      uid: `uid-${name}`,
      creationTimestamp: '2026-11-23T11:00:00Z',
      labels,
    },
  };
}

/** The lines of a watch, one after the other. */
export async function* lines(response: Response): AsyncGenerator<Record<string, unknown>> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  try {
    for (;;) {
      const chunk = await reader?.read();
      if (chunk === undefined || chunk.done) return;
      text += decoder.decode(chunk.value, { stream: true });
      const complete = text.split('\n');
      text = complete.pop() ?? '';
      for (const line of complete) yield JSON.parse(line);
    }
  } finally {
    await reader?.cancel();
  }
}

/** All lines of a watch, once it has ended. */
export async function allLines(response: Response): Promise<readonly Record<string, unknown>[]> {
  const found: Record<string, unknown>[] = [];
  for await (const line of lines(response)) found.push(line);
  return found;
}
