import { CODED_RESPONSE } from '../dialer/coded-body.ts';
import { errorMessage } from '../forward/error-message.ts';
import type { ResolveName } from '../private-range/name-guard.ts';
import { TARGETS, type TargetAbilities } from '../target/target.ts';

/** What the `fetch` of a runtime does to a message on its own account, and how it is asked not to. */
export interface RuntimeFetch extends TargetAbilities {
  /** What is passed to `fetch` beside the request. */
  readonly init: () => RequestInit;
  /** Sends a message that was not made a Request before, exactly as it would send the Request. */
  readonly takesMessages: boolean;
  /** Leaves a coded body alone only where the request asks for none: then no coding is asked for. */
  readonly asksForIdentity: boolean;
  /** The content codings that are undone regardless, while Content-Encoding still names them. */
  readonly decodes: ReadonlySet<string>;
  /** Whether a path arrives as it is; absent: every one does. */
  readonly carries?: (path: string) => boolean;
  /** Whether an error of `fetch` means that no connection came about. */
  readonly wasNeverSent: (error: unknown) => boolean;
  /** All addresses of a name; absent where the platform doesn't tell. */
  readonly resolveName?: ResolveName;
}

interface RuntimeGlobals {
  readonly Bun?: unknown;
  readonly Deno?: { createHttpClient(options: { readonly allowHost: true }): unknown };
  readonly navigator?: { readonly userAgent?: string };
  readonly process?: {
    readonly versions?: Readonly<Record<string, string | undefined>>;
    readonly getBuiltinModule?: (name: 'node:dns/promises') => DNS | undefined;
  };
}

interface DNS {
  lookup(name: string, options: { readonly all: true }): Promise<readonly { address: string }[]>;
}

const NOTHING: ReadonlySet<string> = new Set();

/** The runtime that this runs on, told by what only it has. Anything unknown is taken for Node. */
export function runtimeFetch(): RuntimeFetch {
  const runtime: RuntimeGlobals = globalThis;
  if (runtime.Bun !== undefined) return bun();
  if (runtime.Deno !== undefined) return deno(runtime.Deno);
  if (runtime.navigator?.userAgent === 'Cloudflare-Workers') return workers();
  return node(runtime.process?.versions?.['undici']);
}

/**
 * `decompress: false` hands coded bodies through, `timeout: false` lets a stream be silent for more than five minutes.
 */
function bun(): RuntimeFetch {
  const init = initOf({ decompress: false, timeout: false });
  return {
    ...TARGETS.bun,
    init: () => init,
    takesMessages: false,
    asksForIdentity: false,
    decodes: NOTHING,
    // `//a` would arrive as `/a`.
    carries: (path) => !path.startsWith('//'),
    wasNeverSent: hasCode(NOT_CONNECTED),
    resolveName: lookUp,
  };
}

/** Keeps Host with a client of its own, and decodes nothing where identity was asked for. */
function deno(Deno: NonNullable<RuntimeGlobals['Deno']>): RuntimeFetch {
  let init: RequestInit | undefined;
  return {
    ...TARGETS.deno,
    init: () => (init ??= initOf({ client: Deno.createHttpClient({ allowHost: true }) })),
    takesMessages: false,
    asksForIdentity: true,
    decodes: NOTHING,
    wasNeverSent: (error) => /client error \(Connect\)/.test(errorMessage(error)),
    resolveName: lookUp,
  };
}

/**
 * Coded bodies stay coded on their way through. Its cache goes by the URL, which here is an endpoint's and the same for
 * every virtual host, so it must not be used; before compatibility date 2024-11-11 there is no way to say so.
 */
function workers(): RuntimeFetch {
  const cache = 'cache' in Request.prototype ? { cache: 'no-store' } : {};
  const init = initOf({ ...CODED_RESPONSE, ...cache });
  return {
    ...TARGETS.workers,
    init: () => init,
    // Whatever has a method that it doesn't know has not come in.
    takesMessages: true,
    asksForIdentity: false,
    decodes: NOTHING,
    // "Network connection lost." is said of a connection that was refused and of one that broke.
    wasNeverSent: () => false,
  };
}

/**
 * undici gives up after five minutes of silence, and decodes whatever comes coded, `zstd` since 7.11. With `force-cache`
 * (it has no cache) it doesn't add `Cache-Control: no-cache` to conditional requests, as the Fetch standard has it for
 * `default`.
 */
function node(undici: string | undefined): RuntimeFetch {
  const [major = 0, minor = 0] = (undici ?? '').split('.').map(Number);
  const zstd = major > 7 || (major === 7 && minor >= 11);
  const init = initOf({ cache: 'force-cache' });
  return {
    ...TARGETS.node,
    init: () => init,
    takesMessages: false,
    asksForIdentity: true,
    decodes: new Set(['gzip', 'x-gzip', 'deflate', 'br', ...(zstd ? ['zstd'] : [])]),
    wasNeverSent: hasCode(NOT_CONNECTED),
    resolveName: lookUp,
  };
}

/** What Node and Bun call errors that come before there is a connection. */
const NOT_CONNECTED: ReadonlySet<string> = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Whether the error, or what caused it, has one of the codes. */
function hasCode(codes: ReadonlySet<string>): (error: unknown) => boolean {
  return function has(error: unknown): boolean {
    if (!(error instanceof Error)) return false;
    // An open connection may end so too, long after something was sent on it.
    if ('syscall' in error && (error.syscall === 'read' || error.syscall === 'write')) return false;
    if ('code' in error && typeof error.code === 'string' && codes.has(error.code)) return true;
    // Of a name with several addresses each has been tried.
    if (error instanceof AggregateError) return error.errors.every(has);
    return has(error.cause);
  };
}

/** As the runtime's own `fetch` resolves names. */
async function lookUp(name: string): Promise<readonly string[]> {
  const runtime: RuntimeGlobals = globalThis;
  const dns = runtime.process?.getBuiltinModule?.('node:dns/promises');
  if (dns === undefined) return [];
  const found = await dns.lookup(name, { all: true });
  return found.map(({ address }) => address);
}

/** Fields that only one runtime's `RequestInit` knows. */
function initOf(fields: object): RequestInit {
  return Object.assign<RequestInit, object>({}, fields);
}
