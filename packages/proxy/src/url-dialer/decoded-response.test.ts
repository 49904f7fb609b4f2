import { describe, expect, it } from 'vitest';

import { decodedResponse } from './decoded-response.ts';

const decodes = new Set(['gzip', 'br']);

function decoded(headers: Record<string, string>): Record<string, string> {
  const response = new Response('decoded', { status: 203, statusText: 'Odd', headers });
  return Object.fromEntries(decodedResponse(response, decodes).headers);
}

describe('decodedResponse', () => {
  it('takes away what is not true of a decoded body', () => {
    const headers = {
      'content-encoding': 'gzip',
      'content-length': '99',
      'accept-ranges': 'bytes',
    };
    expect(decoded({ ...headers, 'x-kept': 'y', 'content-type': 'text/tea' })).toEqual({
      'x-kept': 'y',
      'content-type': 'text/tea',
    });
  });

  it('weakens a strong ETag and leaves a weak one', () => {
    expect(decoded({ 'content-encoding': 'br', etag: '"x"' })).toMatchObject({ etag: 'W/"x"' });
    expect(decoded({ 'content-encoding': 'br', etag: 'W/"x"' })).toMatchObject({ etag: 'W/"x"' });
  });

  it('keeps status and body', async () => {
    const headers = { 'content-encoding': 'gzip' };
    const response = new Response('decoded', { status: 203, statusText: 'Odd', headers });
    const result = decodedResponse(response, decodes);
    expect(result).toMatchObject({ status: 203, statusText: 'Odd' });
    expect(result.headers.has('content-encoding')).toBe(false);
  });

  it('reads several codings, in any case and spacing', () => {
    const expected = { 'x-kept': 'y' };
    expect(decoded({ 'content-encoding': 'GZip ,br', 'x-kept': 'y' })).toMatchObject(expected);
    expect(decoded({ 'content-encoding': 'GZip ,br' })).not.toHaveProperty('content-encoding');
  });

  it.each(['zstd', 'gzip, zstd', 'identity'])(
    'leaves a body alone that is coded as %s',
    (coding) => {
      const response = new Response(null, { headers: { 'content-encoding': coding } });
      expect(decodedResponse(response, decodes)).toBe(response);
    },
  );

  it('leaves a body alone that is not coded', () => {
    const response = new Response(null);
    expect(decodedResponse(response, decodes)).toBe(response);
  });
});
