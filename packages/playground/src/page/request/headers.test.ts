import { describe, expect, it } from 'vitest';

import { readHeaders, writeHeaders } from './headers.ts';

describe('header lines', () => {
  it('are a name and a value each; blanks around them and empty lines do not count', () => {
    expect(readHeaders('X-Version: blue\r\n\n  Accept :text/html  \nX-Empty:')).toEqual({
      headers: { 'X-Version': 'blue', Accept: 'text/html', 'X-Empty': '' },
    });
  });

  it('may have colons in their value', () => {
    expect(readHeaders('Referer: https://a/:b').headers).toEqual({ Referer: 'https://a/:b' });
  });

  it('of one name, in whatever case, are joined: RFC 9110 section 5.3', () => {
    expect(readHeaders('Via: a\nX: 1\nvia: b').headers).toEqual({ Via: 'a, b', X: '1' });
  });

  it.each(['X-Version', ': blue'])('that are none, such as %j, are said and left out', (line) => {
    const { headers, fault } = readHeaders(`A: b\n${line}`);
    expect(headers).toEqual({ A: 'b' });
    expect(fault).toContain(line);
  });

  it('may be called as a property of every object', () => {
    expect(Object.entries(readHeaders('__proto__: 1').headers)).toEqual([['__proto__', '1']]);
  });

  it('are written as they are read', () => {
    const text = 'X-Version: blue\nAccept: text/html';
    expect(writeHeaders(readHeaders(text).headers)).toBe(text);
    expect(writeHeaders()).toBe('');
  });
});
