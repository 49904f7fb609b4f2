import { describe, expect, it } from 'vitest';

import { endpointBase } from '../endpoint-connection/endpoint-base.ts';
import { requestHead } from './request-head.ts';

const AT = endpointBase('http://10.0.0.1:8080');

function headOf(path: string, init: RequestInit = {}): string {
  return requestHead(new Request(`${AT.base}${path}`, init), AT).text;
}

describe('the head of a request', () => {
  it('says of content how it is framed', () => {
    const sized = { method: 'POST', body: 'ahoy', headers: { 'content-length': '4' } };
    expect(headOf('/', sized)).toMatch(/\r\ncontent-length: 4\r\n/);
    expect(headOf('/', { method: 'POST', body: 'ahoy' })).toMatch(
      /\r\ntransfer-encoding: chunked\r\n\r\n$/,
    );
    expect(headOf('/', { headers: { 'content-length': '0' } })).toMatch(
      /\r\ncontent-length: 0\r\n/,
    );
  });

  it.each([
    ['a Transfer-Encoding of its own', { 'transfer-encoding': 'chunked' }],
    ['a Content-Length that is no number', { 'content-length': '+4' }],
    ['a Content-Length that is none', { 'content-length': '' }],
    ['several Content-Length', { 'content-length': '4, 4' }],
  ])('has not %s', (_, headers) => {
    expect(() => headOf('/', { method: 'POST', body: 'ahoy', headers })).toThrow(TypeError);
  });

  it('announces no content that there is not', () => {
    expect(() => headOf('/', { headers: { 'content-length': '4' } })).toThrow(TypeError);
  });

  it('has no fragment in its target', () => {
    expect(() => headOf('/a#b')).toThrow(TypeError);
    expect(headOf('/a%23b')).toMatch(/^GET \/a%23b HTTP/);
  });
});
