import type { Store } from '@portolan/store';

import type { Identity, Token } from '../access/access.ts';
import { authenticator } from '../access/authenticate.ts';
import { bodyLimit } from '../access/registration.ts';
import type { Admission } from '../admission/admission.ts';
import { auditEvent } from '../audit/audit-event.ts';
import type { AuditEvent } from '../audit/audit.ts';
import { finishNamespaces } from '../write/finish-namespaces.ts';
import { answer, type Answer } from './answer.ts';
import type { Surroundings } from './call.ts';
import { failure } from './failure.ts';
import { parseTarget, type Target } from './target.ts';

export interface KubeAPIOptions {
  readonly store: Store;
  readonly admission: Admission;
  /** Who may call; none: nobody may. */
  readonly tokens: readonly Token[];
  /** What stands before `/api` and `/apis` in paths; empty by default. */
  readonly prefix?: string;
  /** Is told of each write; by default nobody is. */
  readonly audit?: (event: AuditEvent) => void;
  /** Milliseconds since 1970; `Date.now` by default. */
  readonly now?: () => number;
  /** From 0, below 1: for names that are made and for how long watches last; `Math.random` by default. */
  readonly random?: () => number;
  /** Bytes of a request's content, unpacked; 3 MiB by default, as the API server. Of a `register` token's, 64 KiB at most. */
  readonly maxBody?: number;
  /** Is told of faults that are not the client's: what gets a 500, an UnavailableError, which gets a 503, and what `audit` throws. */
  readonly onError?: (error: unknown) => void;
  /** Watches at a time; one more is answered with 429. 1000 by default. */
  readonly maxWatches?: number;
}

/** Kubernetes' REST API over a store. */
export interface KubeAPI {
  /** Answers one request. Never rejects. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** Ends all watches. */
  readonly close: () => void;
}

const MEBIBYTE = 1024 * 1024;

/**
 * Serves a store as the API server of Kubernetes serves its own, under `/api`, `/apis` and `/openapi`, with discovery, `/version`,
 * and `/healthz`, `/livez` and `/readyz`, which alone need no token.
 *
 * @throws {TypeError} for tokens that can't be used.
 */
export function createKubeAPI(options: KubeAPIOptions): KubeAPI {
  const { store, prefix = '', now = Date.now } = options;
  const authenticate = authenticator(options.tokens);
  const watches = new Set<() => void>();
  let isClosed = false;
  const surroundings: Surroundings = {
    store,
    admission: options.admission,
    now,
    random: options.random ?? Math.random,
    maxBody: options.maxBody ?? 3 * MEBIBYTE,
    maxWatches: options.maxWatches ?? 1000,
    watches,
    isClosed: () => isClosed,
    prefix,
  };
  const stopFinishing = finishNamespaces(store);

  async function respondTo(request: Request, requestID: string): Promise<Response> {
    let target: Target | undefined;
    let identity: Identity | undefined;
    let answered: Answer;
    try {
      target = parseTarget(request, prefix);
      if (!target.isOpen) identity = await authenticate(request);
      const maxBody = bodyLimit(identity, surroundings.maxBody);
      answered = await answer(request, target, identity, { ...surroundings, maxBody });
    } catch (error) {
      answered = failure(request, error, options.onError);
    }
    const { response } = answered;
    response.headers.set('audit-id', requestID);
    const event = auditEvent({ request, requestID, target, identity, answered, now: now() });
    if (event !== undefined) tell(event);
    return response;
  }

  /** What was written stays written, whether it can be told or not. */
  function tell(event: AuditEvent): void {
    try {
      options.audit?.(event);
    } catch (error) {
      options.onError?.(error);
    }
  }

  return {
    fetch: async (request) => respondTo(request, crypto.randomUUID()),
    close: () => {
      isClosed = true;
      stopFinishing();
      for (const end of watches) end();
    },
  };
}
