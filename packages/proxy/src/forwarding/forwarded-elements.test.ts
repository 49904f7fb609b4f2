import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { formatForwarded, forwardedElements, type ForwardedElement } from './forwarded-elements.ts';

function elements(field: string): readonly ForwardedElement[] {
  return Array.from(forwardedElements(field));
}

describe('the elements of Forwarded', () => {
  it.each<[string, readonly ForwardedElement[]]>([
    // RFC 7239, examples of sections 4, 6.3 and 7.1.
    ['for="_gazonk"', [{ for: '_gazonk' }]],
    ['For="[2001:db8:cafe::17]:4711"', [{ for: '[2001:db8:cafe::17]:4711' }]],
    ['for=192.0.2.60;proto=http;by=203.0.113.43', [{ for: '192.0.2.60', proto: 'http' }]],
    ['for=192.0.2.43, for=198.51.100.17', [{ for: '198.51.100.17' }, { for: '192.0.2.43' }]],
    ['for=_hidden, for=_SEVKISEK', [{ for: '_SEVKISEK' }, { for: '_hidden' }]],
    [
      'for=192.0.2.43,for="[2001:db8:cafe::17]",for=unknown',
      [{ for: 'unknown' }, { for: '[2001:db8:cafe::17]' }, { for: '192.0.2.43' }],
    ],
    // What lists and elements may leave out: RFC 9110 section 5.6.1.2, RFC 7239 section 4.
    [' ,for=192.0.2.43 ,\t, ', [{ for: '192.0.2.43' }]],
    [';for=192.0.2.43;;proto=http;', [{ for: '192.0.2.43', proto: 'http' }]],
    ['', []],
    // Quoted strings: RFC 9110 section 5.6.4.
    ['host="a,b;c=\\"d\\\\";proto="http"', [{ host: 'a,b;c="d\\', proto: 'http' }]],
    ['host="";for=192.0.2.43', [{ host: '', for: '192.0.2.43' }]],
    // As some proxies write it.
    ['for=192.0.2.43:4711', [{ for: '192.0.2.43:4711' }]],
    ['for=[2001:db8::1]:80', [{ for: '[2001:db8::1]:80' }]],
    // An extension: RFC 7239 section 5.5.
    ['secret=x', [{}]],
  ])('%s are read from the right', (field, expected) => {
    expect(elements(field)).toEqual(expected);
  });

  it.each([
    ['has no value', 'for'],
    ['has an empty one', 'for='],
    ['has space around =', 'for = 1.2.3.4'],
    ['has two values', 'for=1.2.3.4 1.2.3.5'],
    ['says a thing twice', 'for=1.2.3.4;For=1.2.3.5'],
    ['has a quote inside', 'for=a"b"'],
    ['has text behind a quote', 'for="a"b'],
    ['has a quote that ends in \\', 'for="a\\"'],
    ['opens a quote', 'for="'],
  ])('are read no further than to one that %s', (_, malformed) => {
    expect(elements(`for=192.0.2.1, ${malformed}, for=192.0.2.2`)).toEqual([{ for: '192.0.2.2' }]);
  });

  it('are read in a time that grows with the field', () => {
    for (const text of ['"', '\\"', 'a', '=', 'for="\\', ' ', 'a="b",', ';']) {
      expect(() => elements(text.repeat(100_000 / text.length))).not.toThrow();
    }
  });
});

describe('a Forwarded element', () => {
  it.each<[ForwardedElement, string]>([
    [
      { for: '192.0.2.1', host: 'shop.example', proto: 'https' },
      'for=192.0.2.1;host=shop.example;proto=https',
    ],
    [{ for: '[2001:db8::1]' }, 'for="[2001:db8::1]"'],
    [{ proto: 'http', host: 'shop.example:8080' }, 'host="shop.example:8080";proto=http'],
    [{ for: 'unknown', host: '' }, 'for=unknown'],
  ])('of %o is %s', (element, text) => {
    expect(formatForwarded(element)).toBe(text);
  });

  it('is read as it was written', () => {
    const text = fc.string({
      minLength: 1,
      unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
    });
    fc.assert(
      fc.property(fc.array(fc.record({ for: text, host: text, proto: text })), (written) => {
        const field = written.map(formatForwarded).join(', ');
        expect(elements(field)).toEqual(written.toReversed());
      }),
      { seed: 7 },
    );
  });
});
