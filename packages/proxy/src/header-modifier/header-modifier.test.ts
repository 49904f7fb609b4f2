import { describe, expect, it } from 'vitest';

import { modifyHeaders } from './header-modifier.ts';

describe('modifyHeaders', () => {
  it('sets, adds and removes', () => {
    const headers = new Headers({ 'x-set': 'old', 'x-add': 'old', 'x-gone': 'old' });
    const filter = {
      type: 'RequestHeaderModifier' as const,
      set: [
        { name: 'X-Set', value: 'new' },
        { name: 'X-Other', value: 'new' },
      ],
      add: [{ name: 'X-Add', value: 'new' }],
      remove: ['X-Gone', 'X-Never-There'],
    };
    modifyHeaders(headers, [filter], 'RequestHeaderModifier');
    expect(Object.fromEntries(headers)).toEqual({
      'x-add': 'old, new',
      'x-other': 'new',
      'x-set': 'new',
    });
  });

  it('carries out modifiers in their order, and only those of the type', () => {
    const headers = new Headers();
    const set = (type: 'RequestHeaderModifier' | 'ResponseHeaderModifier', value: string) => ({
      type,
      set: [{ name: 'x', value }],
    });
    const filters = [
      set('ResponseHeaderModifier', 'one'),
      set('RequestHeaderModifier', 'no'),
      set('ResponseHeaderModifier', 'two'),
    ];
    modifyHeaders(headers, filters, 'ResponseHeaderModifier');
    expect(headers.get('x')).toBe('two');
  });

  it('keeps added cookies apart', () => {
    const headers = new Headers({ 'set-cookie': 'a=1' });
    const add = [{ name: 'Set-Cookie', value: 'b=2' }];
    modifyHeaders(headers, [{ type: 'ResponseHeaderModifier', add }], 'ResponseHeaderModifier');
    expect(headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });

  it('leaves alone what frames the message or belongs to the connection', () => {
    const headers = new Headers({ 'content-length': '5' });
    const names = ['Content-Length', 'Transfer-Encoding', 'Connection', 'Upgrade'];
    const values = names.map((name) => ({ name, value: 'x' }));
    const filter = {
      type: 'RequestHeaderModifier' as const,
      set: values,
      add: values,
      remove: names,
    };
    modifyHeaders(headers, [filter], 'RequestHeaderModifier');
    expect(Object.fromEntries(headers)).toEqual({ 'content-length': '5' });
  });
});
