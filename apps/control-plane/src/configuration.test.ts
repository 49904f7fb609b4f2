import { describe, expect, it } from 'vitest';

import { configure } from './configuration.ts';

const TOKEN = { name: 'ops', role: 'admin', token: 'sixteen-letters~' };

describe('TOKENS', () => {
  it('may be a list, or the JSON of one, as a secret is', () => {
    expect(configure({ TOKENS: [TOKEN] }).tokens).toEqual([TOKEN]);
    expect(configure({ TOKENS: JSON.stringify([TOKEN]) }).tokens).toEqual([TOKEN]);
  });

  it('are nobody’s where they are absent', () => {
    expect(configure({}).tokens).toEqual([]);
  });

  it.each([
    ['too short', [{ ...TOKEN, token: 'fifteen-letters' }]],
    ['of two words', [{ ...TOKEN, token: 'two words of many letters' }]],
    ['of no role that there is', [{ ...TOKEN, role: 'root' }]],
    ['without a name', [{ ...TOKEN, name: undefined }]],
    ['with what nobody knows', [{ ...TOKEN, scope: 'all' }]],
    ['no JSON', '[{'],
  ])('that are %s are an error, which does not tell any', (_, TOKENS) => {
    const configuring = () => configure({ TOKENS });
    expect(configuring).toThrow(/^wrangler\.jsonc, vars: TOKENS.*: must be a list of/);
    expect(configuring).not.toThrow(/letters~|fifteen-letters|two words/);
  });
});

describe('the other variables', () => {
  it('have defaults', () => {
    expect(configure({})).toEqual({
      tokens: [],
      prefix: '/.portolan/kube',
      kvInterval: 30_000,
      addresses: undefined,
    });
  });

  it.each([
    ['KV_INTERVAL', 0.5],
    ['KV_INTERVAL', '30'],
    ['PREFIX', 'kube'],
    ['PREFIX', '/kube/'],
    ['ADDRESSES', [{ host: 'shop.example' }]],
  ])('may not be %s: %j', (name, value) => {
    expect(() => configure({ [name]: value })).toThrow(`wrangler.jsonc, vars: ${name}`);
  });
});
