import type { ForwardDecision } from '@portolan/engine';
import { describe, expect, it } from 'vitest';

import { createProxy } from '../proxy/proxy.ts';
import type { Target } from '../target/target.ts';
import { url } from '../url-dialer/url.ts';
import { endpointHeaders } from './outgoing-request.ts';

const pod = { address: '10.244.1.7', addressType: 'IPv4', port: 8080 } as const;
const endpoint = { ...pod, ready: true, serving: true, terminating: false };
const decision: ForwardDecision = {
  outcome: 'forward',
  service: { namespace: 'shop', name: 'cart', port: 80, portName: '' },
  endpoint,
  endpoints: [endpoint],
  path: '/cart',
  query: '',
  filters: [
    { type: 'RequestHeaderModifier', set: [{ name: 'X-Set', value: '1' }], remove: ['x-removed'] },
  ],
};
const connection = {
  scheme: 'https',
  host: 'shop.example',
  port: 443,
  clientAddress: '203.0.113.7',
  requestId: 'id',
} as const;
const headers = { accept: 'text/html', 'x-removed': '1', forwarded: 'for=192.0.2.9', te: 'x' };

function foretold(target: Target, more: Partial<ForwardDecision> = {}): object {
  const request = { method: 'GET', headers: new Headers(headers) };
  const seen = endpointHeaders(request, { ...decision, ...more }, connection, target, 'id');
  return seen instanceof Headers ? Object.fromEntries(seen) : seen;
}

async function sent(target: Target): Promise<object> {
  let seen: object = {};
  const fetch = async (request: Request): Promise<Response> => {
    // Some runtimes are asked to leave bodies uncoded.
    request.headers.delete('accept-encoding');
    seen = Object.fromEntries(request.headers);
    return new Response();
  };
  const proxy = createProxy({ dialers: [url({ target, ipLiterals: true, fetch })] });
  await proxy.handle(new Request('https://shop.example/cart', { headers }), decision, connection);
  return seen;
}

describe('the header fields that an endpoint would see', () => {
  it('are those that it is sent, where Host is kept', async () => {
    expect(foretold('deno')).toEqual(await sent('deno'));
    expect(foretold('deno')).toMatchObject({ host: 'shop.example', 'x-set': '1' });
  });

  it('are those that it is sent and its own authority as Host, where that is not kept', async () => {
    expect(foretold('workers')).toEqual({ host: '10.244.1.7:8080', ...(await sent('workers')) });
    const filters = [
      { type: 'RequestHeaderModifier', set: [{ name: 'host', value: 'h' }] },
    ] as const;
    expect(foretold('workers', { filters })).toMatchObject({ host: '10.244.1.7:8080' });
  });

  it('are none where no fetch speaks its protocol', () => {
    const service = { ...decision.service, appProtocol: 'kubernetes.io/h2c' };
    expect(foretold('workers', { service })).toMatchObject({ unreachable: 'ProtocolNotSupported' });
  });
});
