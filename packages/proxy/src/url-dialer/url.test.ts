import { afterEach, describe, expect, it, vi } from 'vitest';

import { forwardDecision } from '../../test/decision/forward-decision.ts';
import type { Dialled, Reachable } from '../dialer/dialer.ts';
import { url, type URLDialerOptions } from './url.ts';

interface Asked {
  readonly address?: string;
  readonly port?: number;
  readonly appProtocol?: string;
}

function dial({ appProtocol, ...at }: Asked, options?: URLDialerOptions): Dialled {
  const { endpoint, service } = forwardDecision(at);
  return url(options).dial({ endpoint, service: { ...service, appProtocol } });
}

function reached(dialled: Dialled): Reachable {
  if ('unreachable' in dialled) throw new Error(dialled.unreachable);
  return dialled;
}

describe('url', () => {
  afterEach(() => vi.unstubAllGlobals());

  it.each([
    [{}, 'http://127.0.0.1:8080'],
    [{ address: 'fd00::7', port: 443 }, 'http://[fd00::7]:443'],
    [
      { address: 'pay.example.com', port: 8443, appProtocol: 'https' },
      'https://pay.example.com:8443',
    ],
    [{ appProtocol: 'kubernetes.io/wss' }, 'https://127.0.0.1:8080'],
    [{ appProtocol: 'kubernetes.io/ws' }, 'http://127.0.0.1:8080'],
  ])('addresses %j at %s', (asked, base) => {
    expect(dial(asked)).toMatchObject({ base });
  });

  it.each(['kubernetes.io/h2c', 'grpc'])('does not speak %s', (appProtocol) => {
    expect(dial({ appProtocol })).toMatchObject({ unreachable: 'ProtocolNotSupported' });
  });

  it('refuses IP literals where fetch does', () => {
    const ipLiterals = false;
    const refused = { unreachable: 'IPLiteralNotAllowed' };
    expect(dial({ address: '10.244.1.7' }, { ipLiterals })).toMatchObject(refused);
    expect(dial({ address: 'fd00::7' }, { ipLiterals })).toMatchObject(refused);
    expect(dial({ address: 'pay.example.com' }, { ipLiterals })).toHaveProperty('base');
  });

  it.each(['127.1', '0x7f.1', '2130706433', '127.0.0.1.'])(
    'takes the name %s for the IP literal that fetch takes it for',
    (address) => {
      expect(dial({ address }, { ipLiterals: false })).toMatchObject({
        unreachable: 'IPLiteralNotAllowed',
        message: expect.stringContaining('127.0.0.1'),
      });
    },
  );

  it.each(['1.2.3.4.5', '256.1', 'example.0x'])('refuses %s, which no URL can have', (address) => {
    expect(dial({ address })).toMatchObject({ unreachable: 'InvalidAddress' });
  });

  it('refuses ports that fetch does not connect to', () => {
    const ports = [80, 443];
    expect(dial({ port: 8081 }, { ports })).toMatchObject({ unreachable: 'PortNotAllowed' });
    expect(dial({ port: 443 }, { ports })).toHaveProperty('base');
    expect(dial({}, { ports: [] })).toMatchObject({ unreachable: 'PortNotAllowed' });
  });

  it.each([
    ['node', 6000, false],
    ['deno', 6000, false],
    ['bun', 6000, true],
    ['workers', 6000, true],
    ['node', 8080, true],
  ] as const)('knows whether fetch on %s connects to port %d: %s', (target, port, connects) => {
    const dialled = dial({ address: 'pay.example.com', port }, { target });
    expect('unreachable' in dialled ? dialled.unreachable : 'base').toBe(
      connects ? 'base' : 'PortNotAllowed',
    );
  });

  it('refuses an IP literal for Workers wherever it is asked', () => {
    expect(dial({}, { target: 'workers' })).toMatchObject({ unreachable: 'IPLiteralNotAllowed' });
    expect(dial({}, { target: 'node' })).toHaveProperty('keepsHost', false);
    expect(dial({}, { target: 'bun' })).toHaveProperty('keepsHost', true);
  });

  it('finds an endpoint where it in truth listens', () => {
    const overrides = { '10.0.0.1:80': '127.0.0.1:4711', '[fd00::7]:80': '[::1]:4712' };
    expect(dial({ address: '10.0.0.1', port: 80 }, { overrides })).toMatchObject({
      base: 'http://127.0.0.1:4711',
    });
    expect(dial({ address: 'fd00::7', port: 80 }, { overrides })).toMatchObject({
      base: 'http://[::1]:4712',
    });
    expect(dial({ address: '10.0.0.1', port: 81 }, { overrides })).toMatchObject({
      base: 'http://10.0.0.1:81',
    });
  });

  it('judges an endpoint by where it in truth listens', () => {
    const overrides = { '10.0.0.1:80': 'pod.example.com:443' };
    const options = { overrides, ipLiterals: false, ports: [443] };
    expect(dial({ address: '10.0.0.1', port: 80 }, options)).toHaveProperty('base');
  });

  it('sends with the fetch that it is given', async () => {
    const response = new Response('ahoy');
    const fetch = vi.fn<NonNullable<URLDialerOptions['fetch']>>(async () => response);
    const request = new Request('http://127.0.0.1:8080/');
    expect(await reached(dial({}, { fetch })).fetch(request)).toBe(response);
    expect(fetch.mock.calls[0]?.[0]).toBe(request);
  });

  it('looks the global fetch up when it is called', async () => {
    const { fetch } = reached(dial({}));
    vi.stubGlobal('fetch', async () => new Response('replaced'));
    const response = await fetch(new Request('http://127.0.0.1:8080/'));
    expect(await response.text()).toBe('replaced');
  });
});
