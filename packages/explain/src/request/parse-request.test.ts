import { describe, expect, it } from 'vitest';

import { parseRequest } from './parse-request.ts';
import { RequestFault } from './request-fault.ts';

function faultOf(value: unknown): RequestFault {
  try {
    parseRequest(value);
  } catch (error) {
    if (error instanceof RequestFault) return error;
    throw error;
  }
  throw new Error('it was taken');
}

const url = 'https://shop.example/cart?item=7';

describe('a request', () => {
  it('needs no more than a URL', () => {
    expect(parseRequest({ url })).toEqual({ url });
  });

  it('may say how it is sent, by whom, from which side, and where it is received', () => {
    const request = {
      url,
      method: 'PROPFIND',
      headers: { 'X-Version': 'blue, "1"\t', empty: '' },
      from: '2001:db8::7',
      entrance: 'internal',
      node: 'node-a',
      zone: 'zone-a',
    };
    expect(parseRequest(request)).toEqual(request);
  });

  it('may come from options, of which those that are undefined were not given', () => {
    const request = parseRequest({ url, method: undefined, headers: undefined, from: undefined });
    expect(Object.keys(request)).toEqual(['url']);
  });

  it.each(['http://h', 'HTTP://shop.example', 'http://[fd00::7]:8080/x', 'https://h?q#f'])(
    'may have the URL %s',
    (each) => {
      expect(parseRequest({ url: each })).toEqual({ url: each });
    },
  );

  it('may have header fields of any name', () => {
    const headers: unknown = JSON.parse('{"__proto__": "1", "constructor": "2"}');
    expect(Object.entries(parseRequest({ url, headers }).headers ?? {})).toEqual([
      ['__proto__', '1'],
      ['constructor', '2'],
    ]);
  });
});

describe('the fault of a request', () => {
  it.each([
    [null, 'a request must be an object such as {"url": "https://shop.example/"}, not null'],
    ['GET /', 'a request must be an object such as {"url": "https://shop.example/"}, not "GET /"'],
    [[url], `a request must be an object such as {"url": "https://shop.example/"}, not ["${url}"]`],
    [
      undefined,
      'a request must be an object such as {"url": "https://shop.example/"}, not undefined',
    ],
  ])('%j is that it is no object', (value, message) => {
    expect(faultOf(value)).toMatchObject({ name: 'RequestFault', field: '', message });
  });

  it.each([
    [
      'an unknown field',
      { uri: url },
      'uri',
      'uri is no field of a request; there are url, method, headers, from, entrance, node, zone',
    ],
    ['no URL', {}, 'url', 'url must be absolute, such as https://shop.example/cart; it is missing'],
    [
      'a URL that is none',
      { url: 7 },
      'url',
      'url must be absolute, such as https://shop.example/cart, not 7',
    ],
    [
      'a URL without a scheme',
      { url: 'shop.example/cart' },
      'url',
      'url must be absolute, such as https://shop.example/cart, not "shop.example/cart"',
    ],
    [
      'a URL without a host',
      { url: 'http:///cart' },
      'url',
      'url must be absolute, such as https://shop.example/cart, not "http:///cart"',
    ],
    [
      'a URL of another scheme',
      { url: 'ftp://shop.example/' },
      'url',
      'url must be absolute, such as https://shop.example/cart, not "ftp://shop.example/"',
    ],
    [
      'a URL with a port that is none',
      { url: 'http://shop.example:99999/' },
      'url',
      'url "http://shop.example:99999/" can\'t be read as a URL',
    ],
    [
      'a password in the URL, which the message keeps to itself',
      { url: 'http://me:secret@shop.example/' },
      'url',
      'url must not have a user name or a password: no client sends them in it',
    ],
    [
      'a method with a blank',
      { url, method: 'GET /' },
      'method',
      'method must be a token such as GET, not "GET /"',
    ],
    [
      'an empty method',
      { url, method: '' },
      'method',
      'method must be a token such as GET, not ""',
    ],
    [
      'headers in a list',
      { url, headers: ['accept: text/html'] },
      'headers',
      'headers must be an object such as {"accept": "text/html"}, not ["accept: text/html"]',
    ],
    [
      'a header whose name is no token',
      { url, headers: { 'x version': '1' } },
      'headers.x version',
      'a header must have a name such as X-Version, not "x version"',
    ],
    [
      'a header that is no string',
      { url, headers: { 'x-version': 1 } },
      'headers.x-version',
      'header x-version must be a string, not 1',
    ],
    [
      'a header of two lines',
      { url, headers: { 'x-version': 'a\r\nb: c' } },
      'headers.x-version',
      'header x-version must have no control characters and none beyond U+00FF, not "a\\r\\nb: c"',
    ],
    [
      'a header that no byte stands for',
      { url, headers: { 'x-name': '漢' } },
      'headers.x-name',
      'header x-name must have no control characters and none beyond U+00FF, not "漢"',
    ],
    [
      'a client that is a name',
      { url, from: 'localhost' },
      'from',
      'from must be an IP address such as 198.51.100.7 or 2001:db8::7, not "localhost"',
    ],
    [
      'a client in brackets',
      { url, from: '[::1]' },
      'from',
      'from must be an IP address such as 198.51.100.7 or 2001:db8::7, not "[::1]"',
    ],
    [
      'an entrance that there is not',
      { url, entrance: 'side' },
      'entrance',
      'entrance must be internal or external, not "side"',
    ],
    [
      'a URL with a control character',
      { url: 'http://shop.example/\u001b[31m' },
      'url',
      'url must be absolute, such as https://shop.example/cart, not "http://shop.example/\\u001b[31m"',
    ],
    ['a node without a name', { url, node: '' }, 'node', 'node must be the name of a node, not ""'],
    ['a zone that is no name', { url, zone: 1 }, 'zone', 'zone must be the name of a zone, not 1'],
  ])('with %s says so', (_, value, field, message) => {
    expect(faultOf(value)).toMatchObject({ name: 'RequestFault', field, message });
  });

  it('shows the beginning of what is long', () => {
    expect(faultOf({ url: 'x'.repeat(1000) }).message).toHaveLength(
      'url must be absolute, such as https://shop.example/cart, not '.length + 61,
    );
  });
});
