import { describe, expect, it } from 'vitest';

import { handshakeRefusal, subprotocols } from './handshake.ts';

const SOUND = {
  connection: 'keep-alive, Upgrade',
  upgrade: 'websocket',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  'sec-websocket-version': '13',
};

/** On runtimes whose Request may not have all of these fields, they are read all the same. */
function asking(fields: Readonly<Record<string, string>>): Request {
  const headers = new Headers({ ...SOUND, ...fields });
  return Object.defineProperty(new Request('http://shop.example/'), 'headers', { value: headers });
}

describe('handshakeRefusal', () => {
  it.each([
    ['as browsers ask', {}],
    ['with subprotocols', { 'sec-websocket-protocol': 'chart,course ,\tlog.v2' }],
  ])('has nothing against a request %s', (_, fields) => {
    expect(handshakeRefusal(asking(fields))).toBeUndefined();
  });

  it.each([
    ['a Connection field that does not name Upgrade', { connection: 'keep-alive' }],
    ['no key', { 'sec-websocket-key': '' }],
    ['a key of fewer than 16 bytes', { 'sec-websocket-key': 'c2hvcnQ=' }],
    ['a subprotocol named twice', { 'sec-websocket-protocol': 'chart, chart' }],
    ['a subprotocol that is no token', { 'sec-websocket-protocol': 'chart, a b' }],
    ['an empty list of subprotocols', { 'sec-websocket-protocol': '' }],
  ])('is a 400 for a request with %s', (_, fields) => {
    const refusal = handshakeRefusal(asking(fields));
    expect(refusal?.status).toBe(400);
    expect(refusal?.headers.has('sec-websocket-version')).toBe(false);
  });

  it('tells the version that is spoken where another is asked for', () => {
    const refusal = handshakeRefusal(asking({ 'sec-websocket-version': '8' }));
    expect(refusal?.status).toBe(400);
    expect(refusal?.headers.get('sec-websocket-version')).toBe('13');
  });
});

describe('subprotocols', () => {
  it.each([
    [null, []],
    ['chart', ['chart']],
    ['chart,course , log', ['chart', 'course', 'log']],
  ])('of %j are %j', (field, names) => {
    expect(subprotocols(field)).toEqual(names);
  });
});
