import { describe, expect, it } from 'vitest';

import type { Answer } from '../message/message.ts';
import { failureResponse, redirectAnswer } from './own-response.ts';

const route = { kind: 'Ingress', namespace: 'shop', name: 'shop', rule: 'spec.rules[0]' };

function respond(init?: RequestInit): Response {
  const request = new Request('http://shop.example/', init);
  return failureResponse(request, { status: 503, reason: 'NoReadyEndpoints' }, 'id-1');
}

describe('failureResponse', () => {
  it('is problem details of RFC 9457', async () => {
    const response = respond();
    expect(response.status).toBe(503);
    expect(Object.fromEntries(response.headers)).toEqual({
      'cache-control': 'no-store',
      'content-type': 'application/problem+json',
      'x-request-id': 'id-1',
    });
    expect(await response.json()).toEqual({
      type: 'about:blank',
      title: 'Service Unavailable',
      status: 503,
      reason: 'NoReadyEndpoints',
      requestId: 'id-1',
    });
  });

  it('is plain text for who prefers that', async () => {
    const response = respond({ headers: { accept: 'text/html, */*;q=0.8' } });
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(await response.text()).toBe(
      '503 Service Unavailable\nreason: NoReadyEndpoints\nrequest id: id-1\n',
    );
  });

  it('has no body for HEAD', async () => {
    const response = respond({ method: 'HEAD' });
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(response.body).toBeNull();
  });
});

describe('redirectAnswer', () => {
  const redirect = (location: string): Answer =>
    redirectAnswer({ outcome: 'redirect', status: 307, location, route }, 'id-1');

  it('has status, Location, request id and no body', () => {
    const response = redirect('https://shop.example/a?b=%20');
    expect(response.status).toBe(307);
    expect(response.headers.get('location')).toBe('https://shop.example/a?b=%20');
    expect(response.headers.get('x-request-id')).toBe('id-1');
    expect(response.body).toBeNull();
  });

  it('escapes in Location half a character, too', () => {
    expect(redirect('/\ud800').headers.get('location')).toBe('/%EF%BF%BD');
  });

  it('escapes in Location what may not stand in a URI', () => {
    expect(redirect('/é\r\nset-cookie: a=1').headers.get('location')).toBe(
      '/%C3%A9%0D%0Aset-cookie:%20a=1',
    );
  });
});
