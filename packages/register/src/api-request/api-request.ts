/** Where the resource API is, and how to come in. */
export interface APIAccess {
  /** What stands before `/api` and `/apis`: `https://worker.example/.portolan/kube`. */
  readonly url: string | URL;
  /** A bearer token of the role `register`. */
  readonly token: string;
  /** The global `fetch` by default; of a Worker, a service binding's. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

export interface APIRequest {
  readonly method: 'DELETE' | 'PATCH';
  /** From `/api` or `/apis` on. */
  readonly path: string;
  readonly contentType?: 'application/apply-patch+yaml' | 'application/merge-patch+json';
  readonly body?: object;
  /** Milliseconds. */
  readonly timeout: number;
  readonly signal?: AbortSignal;
}

/** Why something could not be written. */
export class RegisterError extends Error {
  override readonly name = 'RegisterError';
  /** What was answered; absent where no answer came. */
  readonly status: number | undefined;
  /** `reason` of the Status that was answered, as `Forbidden`. */
  readonly reason: string | undefined;
  /** What `Retry-After` asks for, in milliseconds. */
  readonly retryAfter: number | undefined;

  constructor(
    message: string,
    fields: {
      readonly status?: number;
      readonly reason?: string | undefined;
      readonly retryAfter?: number | undefined;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, { cause: fields.cause });
    this.status = fields.status;
    this.reason = fields.reason;
    this.retryAfter = fields.retryAfter;
  }
}

/** Bytes of an answer: a Pod that a `register` token may make has fewer. */
const LARGEST_ANSWER = 1024 * 1024;

/** UTF-16 code units of what an answer says went wrong. */
const LONGEST_MESSAGE = 500;

/**
 * @throws {TypeError} where `url` is none or holds a password, or `token` can't be sent: the errors of `fetch` would quote both.
 */
export function checkAccess({ url, token }: APIAccess): URL {
  const parsed = new URL(url);
  if (parsed.username !== '' || parsed.password !== '') {
    throw new TypeError('url must not hold a user name or a password');
  }
  if (!/^[\x21-\x7e]+$/.test(token.trim())) {
    throw new TypeError('token must be visible ASCII characters, without spaces');
  }
  return parsed;
}

/**
 * Asks the resource API for something.
 *
 * @returns The object that is answered.
 * @throws {RegisterError}
 */
export async function requestAPI(access: APIAccess, request: APIRequest): Promise<unknown> {
  const { method, path, contentType, body, timeout, signal } = request;
  const send = access.fetch ?? fetch;
  const deadline = AbortSignal.timeout(timeout);
  const what = `${method} ${path}`;
  let response: Response;
  try {
    response = await send(`${String(access.url).replace(/\/+$/, '')}${path}`, {
      method,
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${access.token}`,
        ...(contentType && { 'content-type': contentType }),
      },
      // The token is for nobody else.
      redirect: 'manual',
      signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
      ...(body && { body: JSON.stringify(body) }),
    });
  } catch (cause) {
    throw new RegisterError(`${what}: ${messageOf(cause)}`, { cause });
  }
  const answer = await jsonOf(response).catch(() => undefined);
  if (response.ok) return answer;
  const reason = textOf(answer, 'reason');
  const message = oneLine(textOf(answer, 'message') ?? reason ?? 'no Status');
  throw new RegisterError(`${what}: ${response.status}: ${message}`, {
    status: response.status,
    reason,
    retryAfter: retryAfterOf(response),
  });
}

/** A text in the object that was answered. */
export function textOf(answer: unknown, ...path: readonly string[]): string | undefined {
  let value = answer;
  for (const key of path) {
    value =
      typeof value === 'object' && value !== null
        ? Object.entries(value).find(([name]) => name === key)?.[1]
        : undefined;
  }
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** @throws where it is none, too large, or breaks off. */
async function jsonOf({ body }: Response): Promise<unknown> {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  const reader: ReadableStreamDefaultReader<Uint8Array> | undefined = body?.getReader();
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- one chunk after the other
    const chunk = await reader?.read();
    if (chunk?.value === undefined) return JSON.parse(text + decoder.decode());
    size += chunk.value.byteLength;
    if (size > LARGEST_ANSWER) {
      void reader?.cancel().catch(() => undefined);
      throw new RangeError('the answer is too large');
    }
    text += decoder.decode(chunk.value, { stream: true });
  }
}

/** For logs: nobody else writes lines of theirs, or moves the cursor. */
function oneLine(text: string): string {
  return text.slice(0, LONGEST_MESSAGE).replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}

function retryAfterOf({ headers }: Response): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}

/** Node's `fetch failed` says more in its cause. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
