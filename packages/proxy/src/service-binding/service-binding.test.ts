import { describe, expect, it } from 'vitest';

import { forwardDecision } from '../../test/decision/forward-decision.ts';
import type { Reachable } from '../dialer/dialer.ts';
import { serviceBinding } from './service-binding.ts';

const echo = {
  fetch: async (request: Request): Promise<Response> =>
    new Response(`${request.method} ${request.url} ${await request.text()}`),
};

function dial(): Reachable {
  const dialled = serviceBinding(echo, { services: ['shop/cart'] }).dial(forwardDecision());
  if ('unreachable' in dialled) throw new Error(dialled.unreachable);
  return dialled;
}

async function asked(url: string, init?: RequestInit): Promise<string> {
  return (await dial().fetch(new Request(url, init))).text();
}

describe('serviceBinding', () => {
  it('is for the Services that it is given and no other', () => {
    expect(
      serviceBinding(echo, { services: ['shop/pay', 'cart/shop'] }).dial(forwardDecision()),
    ).toMatchObject({
      unreachable: 'ServiceNotBound',
    });
    expect(dial()).toMatchObject({ keepsHost: true, upgrades: 'fetch' });
  });

  it('does not speak HTTP/2 without TLS', () => {
    const { endpoint, service } = forwardDecision();
    const dialled = serviceBinding(echo, { services: ['shop/cart'] }).dial({
      endpoint,
      service: { ...service, appProtocol: 'grpc' },
    });
    expect(dialled).toMatchObject({ unreachable: 'ProtocolNotSupported' });
  });

  it.each([
    ['shop.example', 'https', 'https://shop.example/a?q'],
    ['shop.example:8080', 'http', 'http://shop.example:8080/a?q'],
    ['[fd00::7]:8080', 'http', 'http://[fd00::7]:8080/a?q'],
  ])('shows the bound Worker that %s was asked for over %s', async (host, scheme, url) => {
    const headers = { host, 'x-forwarded-proto': scheme };
    expect(await asked('http://10.0.0.1:8080/a?q', { headers })).toBe(`GET ${url} `);
  });

  it('passes method and body on', async () => {
    const headers = { host: 'shop.example' };
    const sent = { method: 'POST', headers, body: 'ahoy' };
    expect(await asked('http://10.0.0.1:8080/', sent)).toBe('POST http://shop.example/ ahoy');
  });

  it('asks for the endpoint itself where the client named no host', async () => {
    expect(await asked('http://10.0.0.1:8080/')).toBe('GET http://10.0.0.1:8080/ ');
  });
});
