import dns from 'node:dns/promises';

import { afterEach, describe, expect, it, vi } from 'vitest';

import { forwardDecision } from '../../test/decision/forward-decision.ts';
import type { Dialled } from '../dialer/dialer.ts';
import { url, type URLDialerOptions } from './url.ts';

const answers: NonNullable<URLDialerOptions['fetch']> = async () => new Response('ahoy');

function dial(
  address: string,
  options: URLDialerOptions = {},
  addressType: 'FQDN' | 'IPv4' = 'FQDN',
): Dialled {
  const { endpoint, service } = forwardDecision({ address });
  const target = { endpoint: { ...endpoint, addressType }, service };
  return url({ fetch: answers, ...options }).dial(target);
}

/** What a request to the endpoint comes to. */
async function fetched(dialled: Dialled): Promise<string> {
  if ('unreachable' in dialled) return dialled.unreachable;
  const response = await dialled.fetch(new Request(dialled.base));
  return response.text();
}

describe('an endpoint that is a name', () => {
  afterEach(() => vi.restoreAllMocks());

  const leadsTo = (...addresses: readonly string[]): void => {
    const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    vi.spyOn(dns, 'lookup').mockImplementation(async () => Object.assign(found, found[0]));
  };

  it.each(['localhost', 'a.localhost', '0x7f.1', '169.254.169.254.'])(
    'is not called where it is %s',
    async (address) => {
      expect(await fetched(dial(address))).toBe('AddressNotAllowed');
    },
  );

  it('is not called where it leads to an address that is not public, and nothing was sent', async () => {
    leadsTo('93.184.215.14', '169.254.169.254');
    const fetch = vi.fn<typeof answers>(answers);
    const dialled = dial('cart.example', { fetch });
    const error = await fetched(dialled).catch((thrown: unknown) => thrown);
    expect(String(error)).toContain('cart.example leads to 169.254.169.254');
    expect('wasNeverSent' in dialled && dialled.wasNeverSent?.(error)).toBe(true);
    expect(fetch).not.toHaveBeenCalled();
  });

  it('is called where all that it leads to is public, or it is listed', async () => {
    leadsTo('93.184.215.14', '2606:4700::1111');
    expect(await fetched(dial('cart.example'))).toBe('ahoy');
    leadsTo('10.0.0.1');
    expect(await fetched(dial('db.internal', { allowPrivate: ['db.internal'] }))).toBe('ahoy');
  });
});

it('an endpoint that is an address is called, for private ones are what Pods have', async () => {
  expect(await fetched(dial('10.244.1.7', {}, 'IPv4'))).toBe('ahoy');
});
