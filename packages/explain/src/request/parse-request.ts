import { parseIP } from '@portolan/core';

import type { DescribedRequest } from './described-request.ts';
import { RequestFault } from './request-fault.ts';

/** A token: RFC 9110 section 5.6.2. Methods (section 9.1) and field names (section 5.1) are tokens. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** What a field value may hold: RFC 9110 section 5.5. Blanks around it are not part of it, but are taken. */
const FIELD_VALUE = /^[\t\u0020-\u007e\u0080-\u00ff]*$/;

const ABSOLUTE = /^https?:\/\/[^/?#\\]\P{Cc}*$/iu;

const NAME = /^\P{Cc}+$/u;

const FIELDS: readonly string[] = [
  'url',
  'method',
  'headers',
  'from',
  'entrance',
  'node',
  'zone',
] satisfies readonly (keyof DescribedRequest)[];

/**
 * Reads a request as a file or a command line describes it. A field that is `undefined` counts as absent.
 *
 * @throws {RequestFault} where it isn't one that a client could send: no object, an unknown field, a URL that is not an
 * absolute one of `http:` or `https:` or has user information, a method that is no token (RFC 9110 section 9.1), header
 * fields that can't be sent (section 5), a client address that is no IP literal, an entrance that there isn't.
 */
export function parseRequest(value: unknown): DescribedRequest {
  const given = fieldsOf(value);
  return {
    url: urlOf(given['url']),
    ...defined('method', given['method'], methodOf),
    ...defined('headers', given['headers'], headersOf),
    ...defined('from', given['from'], addressOf),
    ...defined('entrance', given['entrance'], entranceOf),
    ...defined('node', given['node'], (node) => nameOf('node', node)),
    ...defined('zone', given['zone'], (zone) => nameOf('zone', zone)),
  };
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  if (!isObject(value)) {
    throw new RequestFault(
      '',
      `a request must be an object such as {"url": "https://shop.example/"}, not ${show(value)}`,
    );
  }
  const unknown = Object.keys(value).find((field) => !FIELDS.includes(field));
  if (unknown !== undefined) {
    throw new RequestFault(
      unknown,
      `${unknown} is no field of a request; there are ${FIELDS.join(', ')}`,
    );
  }
  return value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The field alone, or nothing where it is absent. */
function defined<Field extends string, Value>(
  field: Field,
  value: unknown,
  read: (value: unknown) => Value,
): { readonly [Key in Field]?: Value } {
  const fields: { [Key in Field]?: Value } = {};
  if (value !== undefined) fields[field] = read(value);
  return fields;
}

function urlOf(value: unknown): string {
  const expected = 'url must be absolute, such as https://shop.example/cart';
  if (value === undefined) throw new RequestFault('url', `${expected}; it is missing`);
  if (typeof value !== 'string' || !ABSOLUTE.test(value)) {
    throw new RequestFault('url', `${expected}, not ${show(value)}`);
  }
  if (!URL.canParse(value))
    throw new RequestFault('url', `url ${show(value)} can't be read as a URL`);
  const { username, password } = new URL(value);
  if (username !== '' || password !== '') {
    throw new RequestFault(
      'url',
      'url must not have a user name or a password: no client sends them in it',
    );
  }
  return value;
}

function methodOf(value: unknown): string {
  if (typeof value === 'string' && TOKEN.test(value)) return value;
  throw new RequestFault('method', `method must be a token such as GET, not ${show(value)}`);
}

function headersOf(value: unknown): Readonly<Record<string, string>> {
  if (!isObject(value)) {
    throw new RequestFault(
      'headers',
      `headers must be an object such as {"accept": "text/html"}, not ${show(value)}`,
    );
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, content]): [string, string] => {
      const field = `headers.${name}`;
      if (!TOKEN.test(name)) {
        throw new RequestFault(
          field,
          `a header must have a name such as X-Version, not ${show(name)}`,
        );
      }
      if (typeof content !== 'string') {
        throw new RequestFault(field, `header ${name} must be a string, not ${show(content)}`);
      }
      if (!FIELD_VALUE.test(content)) {
        throw new RequestFault(
          field,
          `header ${name} must have no control characters and none beyond U+00FF, not ${show(content)}`,
        );
      }
      return [name, content];
    }),
  );
}

function addressOf(value: unknown): string {
  if (typeof value === 'string' && parseIP(value) !== undefined) return value;
  throw new RequestFault(
    'from',
    `from must be an IP address such as 198.51.100.7 or 2001:db8::7, not ${show(value)}`,
  );
}

function entranceOf(value: unknown): 'external' | 'internal' {
  if (value === 'external' || value === 'internal') return value;
  throw new RequestFault('entrance', `entrance must be internal or external, not ${show(value)}`);
}

function nameOf(field: 'node' | 'zone', value: unknown): string {
  if (typeof value === 'string' && NAME.test(value)) return value;
  throw new RequestFault(field, `${field} must be the name of a ${field}, not ${show(value)}`);
}

const LONGEST_SHOWN = 60;

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? typeof value;
  return text.length <= LONGEST_SHOWN ? text : `${text.slice(0, LONGEST_SHOWN)}…`;
}
