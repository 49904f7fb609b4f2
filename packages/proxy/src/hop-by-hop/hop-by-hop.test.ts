import { describe, expect, it } from 'vitest';

import { dropHopByHop, isHopByHop } from './hop-by-hop.ts';

describe('dropHopByHop', () => {
  it('removes what belongs to one connection', () => {
    const headers = new Headers({
      connection: 'close',
      expect: '100-continue',
      'http2-settings': 'AAMAAABk',
      'keep-alive': 'timeout=5',
      proxy: 'http://evil.example',
      'proxy-authenticate': 'Basic',
      'proxy-authentication-info': 'x',
      'proxy-authorization': 'Basic eA==',
      'proxy-connection': 'close',
      te: 'trailers',
      trailer: 'x-checksum',
      'transfer-encoding': 'chunked',
      upgrade: 'h2c',
      authorization: 'Bearer x',
      via: '1.1 before',
    });
    dropHopByHop(headers);
    expect(Object.fromEntries(headers)).toEqual({ authorization: 'Bearer x', via: '1.1 before' });
  });

  it('removes what Connection names, whatever its case and however many there are', () => {
    const headers = new Headers({ 'x-a': '1', 'X-B': '2', 'x-c': '3' });
    headers.append('connection', 'close, X-A ,');
    headers.append('connection', 'x-b');
    dropHopByHop(headers);
    expect(Object.fromEntries(headers)).toEqual({ 'x-c': '3' });
  });

  it('leaves Proxy-Status and the like, which are for everybody: RFC 9209', () => {
    const headers = new Headers({ 'proxy-status': 'cdn; error=timeout' });
    dropHopByHop(headers);
    expect(headers.has('proxy-status')).toBe(true);
  });

  it('passes over what Connection names that is no field name', () => {
    const headers = new Headers({ connection: 'not a name, "x", x(y)', 'x-c': '3' });
    dropHopByHop(headers);
    expect(Object.fromEntries(headers)).toEqual({ 'x-c': '3' });
  });
});

describe('isHopByHop', () => {
  it.each(['Connection', 'transfer-encoding', 'TE'])('is true of %s', (name) => {
    expect(isHopByHop(name)).toBe(true);
  });

  it.each(['Via', 'Host', 'constructor'])('is not true of %s', (name) => {
    expect(isHopByHop(name)).toBe(false);
  });
});
