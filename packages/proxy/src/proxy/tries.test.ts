import { DEFAULT_SETTINGS } from '@portolan/settings';
import { describe, expect, it, vi } from 'vitest';

import { forwardDecision } from '../../test/decision/forward-decision.ts';
import type { Connection } from '../connection/connection.ts';
import type { Dialer, Reachable } from '../dialer/dialer.ts';
import { createEndpointStates } from '../endpoint-state/endpoint-states.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { createProxy } from './proxy.ts';

const connection: Connection = { scheme: 'http', host: 'shop.example', port: 80 };

function dialer(fetch: Reachable['fetch'], parts: Partial<Reachable> = {}): Dialer {
  const base = 'http://127.0.0.1:8080';
  const reachable: Reachable = { fetch, base, keepsHost: false, upgrades: 'none', ...parts };
  return { name: 'test', dial: () => reachable };
}

describe('trying again', () => {
  const named = (address: string) => ({
    ...forwardDecision({ address }).endpoint,
    addressType: 'FQDN' as const,
  });

  it('calls the other endpoint by its own name', async () => {
    const endpoints = [named('one.example'), named('two.example')] as const;
    const hosts: unknown[] = [];
    const by: Dialer = {
      name: 'test',
      dial: ({ endpoint: { address } }) => ({
        base: `http://${address}`,
        keepsHost: true,
        upgrades: 'none',
        fetch: async ({ headers }) => {
          hosts.push(headers.get('host'));
          if (address === 'one.example') throw new Error('refused');
          return new Response();
        },
      }),
    };
    const decision = forwardDecision(
      {},
      { endpoint: endpoints[0], endpoints, hostname: 'one.example' },
    );
    const request = new Request('http://shop.example/');
    await createProxy({ dialers: [by] }).handle(request, decision, connection);
    expect(hosts).toEqual(['one.example', 'two.example']);
  });

  it('keeps the name that a filter sets', async () => {
    const endpoints = [named('one.example'), named('two.example')] as const;
    const hosts: unknown[] = [];
    const by = dialer(
      async ({ headers }) => {
        hosts.push(headers.get('host'));
        throw new Error('refused');
      },
      { keepsHost: true },
    );
    const decision = forwardDecision(
      {},
      { endpoint: endpoints[0], endpoints, hostname: 'set.example' },
    );
    await createProxy({ dialers: [by] }).handle(
      new Request('http://shop.example/'),
      decision,
      connection,
    );
    expect(hosts).toEqual(['set.example', 'set.example']);
  });

  it('lets go of an answer that it does not pass on, though it never ends', async () => {
    const cancel = vi.fn<() => void>();
    let turn = 0;
    const by = dialer(async () => {
      turn += 1;
      if (turn === 2) return new Response('ahoy');
      const pull = (): Promise<void> => new Promise(() => undefined);
      return new Response(new ReadableStream({ pull, cancel }), { status: 503 });
    });
    const states = createEndpointStates();
    const settings = { ...DEFAULT_SETTINGS, retryOn: [503] };
    const request = new Request('http://shop.example/');
    const proxy = createProxy({ dialers: [by], states });
    const response = await proxy.handle(request, forwardDecision({}, { settings }), connection);
    expect(await response.text()).toBe('ahoy');
    expect(states.list().map(({ requests }) => requests)).not.toContain(1);
    expect(cancel).toHaveBeenCalledOnce();
  });

  it('has a budget for each Service port: one that fails leaves the others theirs', async () => {
    const by: Dialer = dialer(() => Promise.reject(new Error('refused')));
    const tried: number[] = [];
    const observe = ({ tries }: Exchange): void => void tried.push(tries.length);
    const proxy = createProxy({ dialers: [by], observe });
    const ask = (name: string): Promise<Response> =>
      proxy.handle(
        new Request('http://shop.example/'),
        forwardDecision({}, { service: { namespace: 'shop', name, port: 80, portName: '' } }),
        connection,
      );
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    for (let turn = 0; turn < 20; turn += 1) await ask('cart');
    expect(tried.slice(-2)).toContain(1);
    await ask('till');
    expect(tried.at(-1)).toBe(3);
  });
});
