import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';

import { referencesTo, ruleErrors } from './rules.ts';
import type { Item, State } from './rules.ts';
import { bodyErrors } from './schemas.ts';
import type { Collection } from './schemas.ts';

export const ACCOUNT = 'a'.repeat(32);
export const ZONE = 'b'.repeat(32);
export const TOKEN = 'a-token-that-nobody-may-read';
const ZONE_NAME = 'example.com';

/** What the stand-in does instead of what it should. */
export type Fault =
  | { readonly answer: number; readonly retryAfter?: string }
  | { readonly cut: 'before it is done' | 'after it is done' | 'in the middle of the answer' }
  | { readonly hang: true };

/** A request that was answered, or was to be. */
interface Seen {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly status: number;
}

export interface StandIn extends AsyncDisposable {
  readonly baseURL: string;
  readonly state: State;
  readonly seen: Seen[];
  /** Asked before each request; nothing: it is answered as it should be. */
  fault:
    | ((request: { readonly method: string; readonly path: string }) => Fault | undefined)
    | undefined;
  /** Puts something there as if somebody had made it by hand. */
  readonly add: (collection: Collection, fields: Readonly<Record<string, unknown>>) => Item;
  readonly close: () => Promise<void>;
}

/** However many objects are asked for at once, no more are told: every list has pages. */
const LARGEST_PAGE = 3;

interface Answer {
  readonly status: number;
  readonly result?: unknown;
  readonly errors?: readonly string[];
  readonly info?: object;
}

/** A stand-in for the API of Cloudflare, with one account and one zone, on a free port of 127.0.0.1. */
export async function startStandIn(): Promise<StandIn> {
  let lastID = 0;
  const state: State = {
    monitors: new Map(),
    pools: new Map(),
    load_balancers: new Map(),
    dns_records: new Map(),
  };
  const newID = (): string => (lastID += 1).toString(16).padStart(32, '0');

  const server = createServer((request, response) => {
    // Whoever goes away in the middle is no fault of the stand-in.
    serve(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');

  const standIn: StandIn = {
    baseURL: `http://127.0.0.1:${address.port}/client/v4`,
    state,
    seen: [],
    fault: undefined,
    add(collection, fields) {
      const item = { id: newID(), ...fields };
      state[collection].set(item.id, item);
      return item;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
    async [Symbol.asyncDispose]() {
      await standIn.close();
    },
  };
  return standIn;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '' } = request;
    const { pathname, searchParams } = new URL(url, standIn.baseURL);
    const path = pathname.replace('/client/v4', '');
    const body = request.headers['content-type'] === undefined ? undefined : await json(request);
    const fault = standIn.fault?.({ method, path });
    if (fault !== undefined && 'hang' in fault) {
      standIn.seen.push({ method, path, body, status: 0 });
      return;
    }
    if (fault !== undefined && 'cut' in fault && fault.cut === 'before it is done') {
      standIn.seen.push({ method, path, body, status: 0 });
      response.destroy();
      return;
    }
    const answer =
      fault !== undefined && 'answer' in fault
        ? { status: fault.answer, errors: ['scripted'] }
        : request.headers.authorization === `Bearer ${TOKEN}`
          ? answerTo(method, path, searchParams, body)
          : { status: 401, errors: ['Authentication error'] };
    standIn.seen.push({ method, path, body, status: answer.status });
    const text = JSON.stringify(envelope(answer));
    response.statusCode = answer.status;
    response.setHeader('content-type', 'application/json');
    if (fault !== undefined && 'retryAfter' in fault && fault.retryAfter !== undefined) {
      response.setHeader('retry-after', fault.retryAfter);
    }
    if (fault !== undefined && 'cut' in fault) {
      if (fault.cut === 'in the middle of the answer') {
        response.setHeader('content-length', text.length);
        await new Promise((written) => response.write(text.slice(0, 10), written));
      }
      response.destroy();
      return;
    }
    response.end(text);
  }

  function answerTo(method: string, path: string, query: URLSearchParams, body: unknown): Answer {
    if (path === `/zones/${ZONE}` && method === 'GET') {
      return { status: 200, result: { id: ZONE, name: ZONE_NAME } };
    }
    const match = new RegExp(
      `^/(?:accounts/${ACCOUNT}/load_balancers/(monitors|pools)|zones/${ZONE}/(load_balancers|dns_records))(?:/([0-9a-f]{32}))?$`,
    ).exec(path);
    const collection = collectionOf(match?.[1] ?? match?.[2]);
    if (collection === undefined) return { status: 404, errors: [`no route for ${path}`] };
    const id = match?.[3];
    if (id === undefined) {
      if (method === 'GET') return list(collection, query);
      if (method === 'POST') return write(collection, { id: newID() }, body, true);
      return { status: 405, errors: ['method not allowed'] };
    }
    const item = state[collection].get(id);
    if (item === undefined) return { status: 404, errors: [`${collection} ${id} not found`] };
    if (method === 'PATCH') return write(collection, item, body, false);
    if (method !== 'DELETE') return { status: 405, errors: ['method not allowed'] };
    const references = referencesTo(collection, id, state);
    if (references.length > 0) return { status: 412, errors: [`used by ${references.join()}`] };
    state[collection].delete(id);
    return { status: 200, result: { id } };
  }

  function list(collection: Collection, query: URLSearchParams): Answer {
    const known = new Set([
      'page',
      'per_page',
      ...(collection === 'dns_records' ? ['name.exact', 'comment.exact'] : []),
    ]);
    const unknown = [...query.keys()].filter((key) => !known.has(key));
    if (unknown.length > 0) return { status: 400, errors: [`unknown query ${unknown.join()}`] };
    const all = [...state[collection].values()].filter((item) =>
      ['name', 'comment'].every((field) => {
        const wanted = query.get(`${field}.exact`);
        const value = item[field];
        return (
          wanted === null ||
          (typeof value === 'string' && value.toLowerCase() === wanted.toLowerCase())
        );
      }),
    );
    const page = Number(query.get('page') ?? 1);
    const perPage = Math.min(Number(query.get('per_page') ?? LARGEST_PAGE), LARGEST_PAGE);
    const result = all.slice((page - 1) * perPage, page * perPage);
    const info = { page, per_page: perPage, count: result.length, total_count: all.length };
    return { status: 200, result, info };
  }

  function write(collection: Collection, before: Item, body: unknown, isNew: boolean): Answer {
    const errors = bodyErrors(collection, body, isNew);
    if (errors.length > 0 || typeof body !== 'object') return { status: 400, errors };
    const item: Item = { ...before, ...body };
    const broken = ruleErrors(collection, item, state, ZONE_NAME);
    if (broken.length > 0) return { status: 400, errors: broken };
    state[collection].set(item.id, item);
    return { status: 200, result: item };
  }
}

function collectionOf(name: string | undefined): Collection | undefined {
  const collections = ['monitors', 'pools', 'load_balancers', 'dns_records'] as const;
  return collections.find((each) => each === name);
}

function envelope({ status, result = null, errors = [], info }: Answer): object {
  return {
    success: status < 400,
    errors: errors.map((message) => ({ code: 1002, message })),
    messages: [],
    result,
    ...(info !== undefined && { result_info: info }),
  };
}
