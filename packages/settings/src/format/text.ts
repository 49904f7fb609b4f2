import { isHealthPath, isToken } from '../constraint/constraint.ts';
import type { Format } from './format.ts';

export const cookieName: Format<string> = {
  expected: 'a token (RFC 9110), as the names of cookies are',
  read: (text) => (isToken(text) ? text : undefined),
  write: (name) => name,
};

export const path: Format<string> = {
  expected: 'a path that begins with one slash, with a query if need be',
  read: (text) => (isHealthPath(text) ? text : undefined),
  write: (value) => value,
};
