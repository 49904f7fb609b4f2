import dns from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { ConnectionOptions } from 'node:tls';

import { authority, type Endpoint } from '@portolan/core';
import {
  fetchBase,
  toResponse,
  type AbortSource,
  type Dialled,
  type Dialer,
  type DialEvents,
  type DialTarget,
  type Reachable,
  type RequestMessage,
  type ResponseMessage,
} from '@portolan/proxy';

import { abortError } from '../endpoint-connection/abort-error.ts';
import { connect, CONNECT_TIMEOUT, type EndpointOptions } from '../endpoint-connection/connect.ts';
import { endpointBase, type EndpointBase } from '../endpoint-connection/endpoint-base.ts';
import type { EndpointConnection } from '../endpoint-connection/endpoint-connection.ts';
import { KeptConnections, keptFor } from '../endpoint-connection/kept-connections.ts';
import { TLSSessions } from '../endpoint-connection/tls-sessions.ts';
import { requestHead } from '../endpoint-request/request-head.ts';
import { sendOn } from '../endpoint-request/send-on.ts';
import { guardedLookup } from '../guarded-lookup/guarded-lookup.ts';

export interface SocketDialerOptions extends EndpointOptions {
  /** Milliseconds that a connection is kept for a later request; 4000 by default, less than most servers do. */
  readonly keepAliveTimeout?: number;
  /**
   * Endpoints that in truth listen elsewhere: `address:port` → `address:port`, IPv6 in brackets. Where they lead is not
   * looked at.
   */
  readonly overrides?: Readonly<Record<string, string>>;
}

/** What sends requests of one dialer. */
interface Sending {
  readonly lookup: LookupFunction;
  readonly kept: KeptConnections;
  readonly sessions: TLSSessions;
  readonly connectTimeout: number;
  readonly keepAliveTimeout: number;
  readonly tls: ConnectionOptions | undefined;
  /** Errors of requests of which not a byte was sent. */
  readonly neverSent: WeakSet<object>;
}

/**
 * Reaches an endpoint by sockets of its own, at `http(s)://address:port`: it sees the Host, the header fields and the content
 * codings of the request, at any port.
 */
export function socket(options: SocketDialerOptions = {}): Dialer {
  const { connectTimeout = CONNECT_TIMEOUT, keepAliveTimeout = 4000, tls } = options;
  const overrides = new Map(Object.entries(options.overrides ?? {}));
  const guard = guardedLookup(options);
  const neverSent = new WeakSet();
  const sendingBy = (lookup: LookupFunction): Sending => ({
    lookup,
    kept: new KeptConnections(),
    sessions: new TLSSessions(),
    connectTimeout,
    keepAliveTimeout,
    tls,
    neverSent,
  });
  // A connection that was made without looking at its address is not kept for who must not have made it.
  const sending = {
    guarded: sendingBy(guard.lookup),
    unguarded: sendingBy(options.lookup ?? dns.lookup),
  };

  const reach = ({ endpoint, service }: DialTarget): Dialled => {
    const own = authority(endpoint.address, endpoint.port);
    const at = overrides.get(own) ?? own;
    const found = fetchBase({ endpoint, service }, at);
    if ('unreachable' in found) return found;
    const { base, host } = found;
    const guarded = endpoint.addressType === 'FQDN' && at === own;
    const refused = guarded ? guard.refuse(host) : undefined;
    if (refused !== undefined) {
      return { unreachable: 'AddressNotAllowed', message: refused.message };
    }
    return {
      ...reachable(base, guarded ? sending.guarded : sending.unguarded),
      ...(guarded && { permit: () => permit(host, guard.lookup) }),
    };
  };
  /** By endpoint and application protocol: whatever else is asked for does not change the answer. */
  const known = new WeakMap<Endpoint, Map<string | undefined, Dialled>>();
  const dial = (target: DialTarget): Dialled => {
    const { endpoint, service } = target;
    let dialled = known.get(endpoint);
    if (dialled === undefined) known.set(endpoint, (dialled = new Map()));
    let found = dialled.get(service.appProtocol);
    if (found === undefined) dialled.set(service.appProtocol, (found = reach(target)));
    return found;
  };
  return { name: 'socket', dial };
}

function reachable(base: string, sending: Sending): Reachable {
  const at = endpointBase(base);
  return {
    fetch: async (request, events) => toResponse(await send(request, at, sending, events)),
    send: (request, events) => send(request, at, sending, events),
    base,
    keepsHost: true,
    upgrades: 'host',
    wasNeverSent: (error) =>
      typeof error === 'object' && error !== null && sending.neverSent.has(error),
  };
}

/** Looks a name up as connecting would. */
function permit(host: string, lookup: LookupFunction): Promise<void> {
  return new Promise((resolve, reject) => {
    lookup(host, { all: true }, (error) => (error === null ? resolve() : reject(error)));
  });
}

async function send(
  request: RequestMessage,
  at: EndpointBase,
  sending: Sending,
  events: DialEvents = {},
): Promise<ResponseMessage> {
  const { signal, url } = request;
  const isThere = url.startsWith(at.base) && url[at.base.length] === '/';
  const to = isThere ? at : endpointBase(new URL(url).origin);
  const head = requestHead(request, to);
  if (signal.aborted) throw abortError(signal);
  const { kept, keepAliveTimeout } = sending;
  const connection = kept.take(to.base) ?? (await open(to, sending, signal));
  return sendOn(connection, request, head, {
    ...events,
    onFree: (answer) => kept.keep(to.base, connection, keptFor(answer, keepAliveTimeout)),
  });
}

async function open(
  to: EndpointBase,
  { lookup, connectTimeout, tls, sessions, neverSent }: Sending,
  signal: AbortSource,
): Promise<EndpointConnection> {
  const session = sessions.of(to.base);
  try {
    const options = { lookup, timeout: connectTimeout, tls, session };
    const connection = await connect(to, options, signal);
    if (to.isSecure) {
      connection.socket.on('session', (latest: Buffer) => sessions.remember(to.base, latest));
    }
    return connection;
  } catch (error) {
    if (typeof error === 'object' && error !== null) neverSent.add(error);
    throw error;
  }
}
