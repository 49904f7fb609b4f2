import { stringify } from 'yaml';

import type { Form } from '../negotiation/negotiation.ts';
import type { Status } from '../status/status.ts';

const JSON_FORM: Form = { format: 'json', mediaType: 'application/json', pretty: false };

/** An object as a response. */
export function respond(body: unknown, form: Form = JSON_FORM, code = 200): Response {
  const text =
    form.format === 'yaml'
      ? stringify(body, { aliasDuplicateObjects: false, lineWidth: 0, version: '1.1' })
      : `${JSON.stringify(body, undefined, form.pretty ? 2 : 0)}\n`;
  return new Response(text, {
    status: code,
    headers: { 'cache-control': 'no-cache, private', 'content-type': form.mediaType },
  });
}

/** A Status as a response: RFC 9110 section 15.5.2 asks for the challenge, section 10.2.3 for when to come again. */
export function respondStatus(status: Status, form?: Form): Response {
  const response = respond(status, form, status.code);
  const { retryAfterSeconds } = status.details ?? {};
  if (status.code === 401) response.headers.set('www-authenticate', 'Bearer');
  if (retryAfterSeconds !== undefined) {
    response.headers.set('retry-after', String(retryAfterSeconds));
  }
  return response;
}
