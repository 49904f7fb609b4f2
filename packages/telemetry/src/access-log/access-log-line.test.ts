import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { answered, refused } from '../../test/exchange.ts';
import { accessLogLine } from './access-log-line.ts';

/** Also what nobody sees, and what turns the direction of writing. */
// oxlint-disable-next-line no-control-regex -- they are what must not be there
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/;

describe('accessLogLine', () => {
  it('says all of a request, in the order in which people read', () => {
    expect(accessLogLine(answered)).toBe(
      '{"time":"2026-11-23T12:00:00.250Z","requestId":"c0ffee","traceId":"4bf92f3577b34da6a3ce929d0e0e4736",' +
        '"client":"203.0.113.9","method":"GET","scheme":"https","host":"shop.example","path":"/cart/7","status":200,' +
        '"route":"Ingress shop/web spec.rules[0].http.paths[1]","service":"shop/cart:80","endpoint":"10.0.0.7:8080",' +
        '"tries":[{"endpoint":"[fd00::8]:8080","reason":"UpstreamUnreachable","startedAfter":1,"duration":2},' +
        '{"endpoint":"10.0.0.7:8080","status":200,"startedAfter":4,"duration":30}],' +
        '"timeToFirstByte":35,"duration":40.5,"bytes":512,"end":"complete","snapshot":"0123456789abcdef"}',
    );
  });

  it('leaves out what is not known, and says why we answered ourselves', () => {
    expect(JSON.parse(accessLogLine(refused))).toEqual({
      time: '2026-11-23T12:00:01.000Z',
      requestId: 'decaf',
      method: 'POST',
      scheme: 'http',
      host: 'elsewhere.example',
      path: '/',
      status: 503,
      reason: 'BackendNotFound',
      message: 'Service shop/gone does not exist',
      service: 'shop/gone:http',
      tries: [],
      timeToFirstByte: 0,
      duration: 0,
      end: 'complete',
    });
  });

  it('names as its endpoint the one that was asked last, whatever came of it', () => {
    const tries = answered.tries.slice(0, 1);
    expect(JSON.parse(accessLogLine({ ...answered, tries }))).toMatchObject({
      endpoint: '[fd00::8]:8080',
    });
  });

  it('is one line of printable characters that says the same as before, whatever clients send', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.constantFrom(
          '\n',
          '\r',
          '\0',
          '\u001b[2J',
          '\u0085',
          '\u009b31m',
          '\u2028',
          '\u007f',
          '\u202e',
          '\u200b',
          '\u2066',
          '\ufeff',
        ),
        (text, control) => {
          const path = `/${text}${control}`;
          const line = accessLogLine({ ...answered, path, host: path, method: path });
          expect(line).not.toMatch(UNPRINTABLE);
          expect(JSON.parse(line)).toMatchObject({ path, host: path, method: path });
        },
      ),
    );
  });

  it('leaves the query out of a URL that a runtime names in its errors, and a question as it is', () => {
    const message =
      'error sending request for url (http://10.0.0.7:8080/x?token=(secret)tail): refused? yes';
    const line = accessLogLine({ ...refused, failure: { reason: 'UpstreamUnreachable', message } });
    expect(JSON.parse(line)).toMatchObject({
      message: 'error sending request for url (http://10.0.0.7:8080/x?… refused? yes',
    });
  });

  it('tells times to the microsecond, without the digits of a binary fraction', () => {
    const line = accessLogLine({ ...answered, duration: 0.1 + 0.2, timeToFirstByte: 1.23456789 });
    expect(line).toContain('"timeToFirstByte":1.235,"duration":0.3,');
  });
});
