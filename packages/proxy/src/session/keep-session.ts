import { authority } from '@portolan/core';
import { servicePort, type ForwardDecision } from '@portolan/engine';

import type { Connection } from '../connection/connection.ts';
import type { HeaderFields } from '../message/message.ts';
import type { SessionCookies } from './session-cookies.ts';

/**
 * Binds the client to the endpoint that has answered it, unless it was bound to it before, by an affinity cookie among
 * the answer's headers. The cookie's name is ours: what the endpoint sets by that name is dropped.
 *
 * Set-Cookie does not keep shared caches from storing an answer (RFC 9111 section 7.3), which would bind all their clients
 * to one endpoint, so `private` (section 5.2.2.7) names the field: the answer itself may still be stored.
 */
export async function keepSession(
  headers: HeaderFields,
  { settings, service, endpoint, isSession }: ForwardDecision,
  { scheme }: Connection,
  sessions: SessionCookies,
): Promise<void> {
  const { affinityCookie: name, affinityCookieMaxAge: maxAge } = settings;
  if (name === undefined) return;
  dropCookie(headers, name);
  if (isSession === true) return;
  const session = {
    port: servicePort(service),
    endpoint: authority(endpoint.address, endpoint.port),
  };
  headers.append(
    'set-cookie',
    await sessions.seal(name, session, { maxAge, secure: scheme === 'https' }),
  );
  if (!NOT_SHARED.test(headers.get('cache-control') ?? '')) {
    headers.append('cache-control', 'private="set-cookie"');
  }
}

/** `no-store` or `private`, for all of the answer. */
const NOT_SHARED = /(?:^|,)[ \t]*(?:no-store|private)[ \t]*(?:,|$)/i;

function dropCookie(headers: HeaderFields, name: string): void {
  const fields = headers.getSetCookie();
  const others = fields.filter((field) => /^[^=;]*/.exec(field)?.[0].trim() !== name);
  if (others.length === fields.length) return;
  headers.delete('set-cookie');
  for (const field of others) headers.append('set-cookie', field);
}
