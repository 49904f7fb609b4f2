import dns from 'node:dns';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import type { ConnectionOptions } from 'node:tls';

import { authority, type Endpoint } from '@portolan/core';
import {
  fetchBase,
  toResponse,
  type Dialled,
  type Dialer,
  type DialEvents,
  type DialTarget,
  type Reachable,
  type RequestMessage,
  type ResponseMessage,
} from '@portolan/proxy';

import { connecting } from '../endpoint-request/connecting.ts';
import {
  CONNECT_TIMEOUT,
  endpointBase,
  endpointRequest,
  type EndpointBase,
  type EndpointOptions,
} from '../endpoint-request/endpoint-request.ts';
import { endpointError, endpointResponse } from '../endpoint-response/endpoint-response.ts';
import { expectFewInformational } from '../endpoint-response/few-informational.ts';
import { FieldList } from '../field-lines/field-list.ts';
import { guardedLookup } from '../guarded-lookup/guarded-lookup.ts';
import { pour } from '../message-body/pour.ts';

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
  readonly agents: Readonly<Record<'http:' | 'https:', http.Agent>>;
  readonly connectTimeout: number;
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
  const kept = { keepAlive: true, timeout: keepAliveTimeout };
  const neverSent = new WeakSet();
  const sendingBy = (lookup: LookupFunction): Sending => ({
    lookup,
    agents: { 'http:': new http.Agent(kept), 'https:': new https.Agent(kept) },
    connectTimeout,
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

function send(
  request: RequestMessage,
  at: EndpointBase,
  { lookup, agents, connectTimeout, tls, neverSent }: Sending,
  events: DialEvents = {},
): Promise<ResponseMessage> {
  return new Promise((resolve, reject) => {
    const { signal, body, method } = request;
    if (signal.aborted) {
      // oxlint-disable-next-line promise/prefer-promise-reject-errors -- whatever it was aborted with
      reject(signal.reason);
      return;
    }
    const agent = agents[at.isSecure ? 'https:' : 'http:'];
    const sent = endpointRequest(request, { at, agent, lookup, tls });
    const { connected, mayHaveBeenSent } = connecting(sent, connectTimeout);

    let response: IncomingMessage | undefined;
    const abort = (): void => {
      const reason: unknown = signal.reason;
      const error = reason instanceof Error ? reason : new Error('aborted', { cause: reason });
      // In this order: a request that is destroyed first lets go of its response.
      response?.destroy(error);
      sent.destroy(error);
    };
    signal.addEventListener('abort', abort);

    expectFewInformational(sent, ({ statusCode, rawHeaders }) => {
      if (statusCode === 103 && !sent.destroyed) events.earlyHints?.(FieldList.of(rawHeaders));
    });
    sent.on('response', (message) => {
      response = message;
      // What the endpoint does not wait for any more need not be sent.
      message.on('end', () => {
        if (!sent.writableFinished) sent.destroy();
      });
      try {
        resolve(endpointResponse(message, method));
      } catch (error) {
        reject(error);
      }
    });
    sent.on('error', (error) => {
      if (!mayHaveBeenSent()) neverSent.add(error);
      // An answer that ends with the connection would otherwise seem to be whole.
      if (response?.complete === false) response.destroy(error);
      reject(endpointError(error));
    });
    sent.on('close', () => {
      signal.removeEventListener('abort', abort);
      // Such as with a 101 (Switching Protocols) that nobody asked for.
      if (response === undefined) reject(new Error('the endpoint gave no answer'));
    });

    if (body === null) {
      sent.end();
      return;
    }
    const length = request.headers.get('content-length');
    // Of a request that found no connection the body is still there for another endpoint.
    void connected
      .then(() => pour(body, sent, length))
      .catch((error: Error) => sent.destroy(error));
  });
}
