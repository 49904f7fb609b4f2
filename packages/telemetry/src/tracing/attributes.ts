import type { Attributes } from '@opentelemetry/api';
import type { Exchange, TracedRequest, Try } from '@portolan/proxy';

import { KNOWN_METHODS } from '../known-methods/known-methods.ts';
import { routeName, serviceName } from '../names/names.ts';

/** Attributes of a request's span that are known at its start: OpenTelemetry semantic conventions, "HTTP server span". */
export function startAttributes({ method, scheme, host, path }: TracedRequest): Attributes {
  const [, address, port] = HOST.exec(host) ?? [];
  return {
    ...methodAttributes(method),
    'url.scheme': scheme,
    'url.path': path,
    'server.address': address,
    'server.port': port === undefined ? undefined : Number(port),
  };
}

/** `shop.example`, `shop.example:8080`, `[fd00::7]:8080`: the name or address without brackets, and the port. */
const HOST = /^\[?([^[\]]+?)\]?(?::(\d+))?$/;

/** Those that are known at its end; what is ours alone is called `portolan.…`. */
export function endAttributes(exchange: Exchange): Attributes {
  const { route, service, status, clientAddress, requestId, snapshotVersion, end } = exchange;
  return {
    'http.response.status_code': status,
    'error.type': errorType(exchange),
    'http.route': route?.path,
    'client.address': clientAddress,
    'portolan.route': route && routeName(route),
    'portolan.service': service && serviceName(service),
    'portolan.request_id': requestId,
    'portolan.snapshot': snapshotVersion,
    'portolan.end': end,
  };
}

/** What went wrong on our side: our own reason, the status, or how the answer's body ended. */
export function errorType({ status, failure, end }: Exchange): string | undefined {
  if (status >= 500) return failure?.reason ?? String(status);
  return end === 'broken' || end === 'idle' ? end : undefined;
}

/**
 * Attributes of a try's span: OpenTelemetry semantic conventions, "HTTP client span". `url.full` is not among them: an
 * Exchange doesn't hold it.
 *
 * @param resends How many tries there were before.
 */
export function tryAttributes(method: string, tried: Try, resends: number): Attributes {
  const { address, port } = tried.endpoint;
  return {
    ...methodAttributes(method),
    'server.address': address,
    'server.port': port,
    'http.request.resend_count': resends === 0 ? undefined : resends,
    'http.response.status_code': tried.status,
    'error.type': tryErrorType(tried),
  };
}

/** Why a try counts as failed: for a client 4xx are errors too. */
export function tryErrorType({ status, failure }: Try): string | undefined {
  if (failure !== undefined) return failure;
  return status !== undefined && status >= 400 ? String(status) : undefined;
}

/** How a span is called: its method, and for known ones the path of the rule, where there is one. */
export function spanName(method: string, path?: string): string {
  const name = KNOWN_METHODS.has(method) ? method : 'HTTP';
  return path === undefined ? name : `${name} ${path}`;
}

function methodAttributes(method: string): Attributes {
  return KNOWN_METHODS.has(method)
    ? { 'http.request.method': method }
    : { 'http.request.method': '_OTHER', 'http.request.method_original': method };
}
