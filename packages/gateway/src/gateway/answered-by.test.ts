import { describe, expect, it } from 'vitest';

import { answeredBy } from './answered-by.ts';
import type { GatewayFetch } from './gateway.ts';

const gateway = (name: string): { readonly fetch: GatewayFetch } => ({
  fetch: Object.assign(async () => new Response(name), {
    answer: async () => ({ status: 200, statusText: '', headers: new Headers(), body: name }),
  }),
});

describe('answeredBy', () => {
  it('asks the gateway of the moment, for Requests and for messages', async () => {
    let current = gateway('first');
    const handler = answeredBy(() => current);
    const request = new Request('http://shop.example/');
    expect(await (await handler(request)).text()).toBe('first');
    current = gateway('second');
    expect(await (await handler(request)).text()).toBe('second');
    expect(await handler.answer(request)).toMatchObject({ body: 'second' });
  });
});
