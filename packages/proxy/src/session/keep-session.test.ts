import { DEFAULT_SETTINGS } from '@portolan/settings';
import { describe, expect, it } from 'vitest';

import { forwardDecision } from '../../test/decision/forward-decision.ts';
import type { Connection } from '../connection/connection.ts';
import type { Dialer, Reachable } from '../dialer/dialer.ts';
import { createProxy } from '../proxy/proxy.ts';
import { sessionCookies } from './session-cookies.ts';

const connection: Connection = { scheme: 'http', host: 'shop.example', port: 80 };

function dialer(fetch: Reachable['fetch']): Dialer {
  const base = 'http://127.0.0.1:8080';
  const reachable: Reachable = { fetch, base, keepsHost: false, upgrades: 'none' };
  return { name: 'test', dial: () => reachable };
}

describe('an affinity cookie', () => {
  const sessions = sessionCookies('secret');

  async function answered(
    headers: HeadersInit,
    parts: Parameters<typeof forwardDecision>[1] = {},
  ): Promise<Headers> {
    const by = dialer(async () => new Response('ahoy', { headers }));
    const settings = { ...DEFAULT_SETTINGS, affinityCookie: 'sticky' };
    const decision = forwardDecision({}, { settings, ...parts });
    const proxy = createProxy({ dialers: [by], sessions });
    return (await proxy.handle(new Request('http://shop.example/'), decision, connection)).headers;
  }

  const names = (headers: Headers): readonly string[] =>
    headers.getSetCookie().map((field) => field.split('=')[0] ?? '');

  it('is ours alone: one of that name that the endpoint sets is dropped', async () => {
    const theirs: [string, string][] = [
      ['set-cookie', 'a=1'],
      ['set-cookie', ' sticky =2; Path=/'],
      ['set-cookie', 'sticky-too=3'],
    ];
    expect(names(await answered(theirs))).toEqual(['a', 'sticky-too', 'sticky']);
    expect(names(await answered(theirs, { isSession: true }))).toEqual(['a', 'sticky-too']);
  });

  it.each([
    [undefined, 'private="set-cookie"'],
    ['public, max-age=60', 'public, max-age=60, private="set-cookie"'],
    ['no-store', 'no-store'],
    ['max-age=5, Private', 'max-age=5, Private'],
  ])('is not for shared caches: Cache-Control %s becomes %s', async (before, after) => {
    const headers = await answered(before === undefined ? {} : { 'cache-control': before });
    expect(headers.get('cache-control')).toBe(after);
  });

  it('that is there already changes nothing about caching', async () => {
    expect((await answered({}, { isSession: true })).has('cache-control')).toBe(false);
  });

  it('is set on no answer of ours', async () => {
    const settings = { ...DEFAULT_SETTINGS, affinityCookie: 'sticky' };
    const proxy = createProxy({
      dialers: [dialer(() => Promise.reject(new Error('refused')))],
      sessions,
    });
    const request = new Request('http://shop.example/');
    const response = await proxy.handle(request, forwardDecision({}, { settings }), connection);
    expect(response.status).toBe(502);
    expect(response.headers.getSetCookie()).toEqual([]);
  });
});
