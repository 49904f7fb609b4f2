import { describe, expect, it } from 'vitest';

import { isClaim } from './claims.ts';

describe('a field that only a proxy may send', () => {
  it.each([
    'x-forwarded-for',
    'x-forwarded-whatever-comes',
    'x-original-url',
    'forwarded',
    'x-request-id',
    'traceparent',
    'tracestate',
  ])('is %s', (name) => {
    expect(isClaim(name)).toBe(true);
  });

  it.each(['x_forwarded_for', 'x-forwarded_for', 'x.forwarded.for', 'x~real~ip', 'x_request-id'])(
    'is %s, as CGI backends read it',
    (name) => {
      expect(isClaim(name)).toBe(true);
    },
  );

  it.each([
    'transfer_encoding',
    'proxy_authorization',
    'keep.alive',
    'http2_settings',
    'content_length',
  ])('is %s, which they take for a field of the connection', (name) => {
    expect(isClaim(name)).toBe(true);
  });

  it.each([
    'via',
    'host',
    'x-forwardedness',
    'forwarded-by',
    'x_version',
    'user_id',
    'cookie',
    'content-length',
  ])('is not %s', (name) => {
    expect(isClaim(name)).toBe(false);
  });
});
