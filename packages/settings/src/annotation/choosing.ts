import { POLICY_NAMES, RANGES } from '../constraint/constraint.ts';
import { duration } from '../format/duration.ts';
import { hashKey } from '../format/hash-key.ts';
import { oneOf } from '../format/one-of.ts';
import { cookieName } from '../format/text.ts';
import { ENDPOINT_KINDS, type SettingAnnotations } from './annotation.ts';

export const CHOOSING: SettingAnnotations<
  'affinityCookie' | 'affinityCookieMaxAge' | 'hashKey' | 'loadBalancing'
> = {
  loadBalancing: {
    kinds: ENDPOINT_KINDS,
    format: oneOf(POLICY_NAMES),
    example: 'RoundRobin',
    meaning: 'How one of several endpoints is chosen.',
  },
  hashKey: {
    kinds: ENDPOINT_KINDS,
    format: hashKey,
    example: 'header:x-user',
    meaning: 'What RendezvousHash and Maglev go by; a request without it goes anywhere.',
  },
  affinityCookie: {
    kinds: ENDPOINT_KINDS,
    format: cookieName,
    example: 'shop-session',
    otherwise: 'no cookie',
    meaning: 'The name of a sealed cookie by which a client stays with its endpoint.',
  },
  affinityCookieMaxAge: {
    kinds: ENDPOINT_KINDS,
    format: duration(RANGES.affinityCookieMaxAge),
    example: '8h',
    otherwise: "the browser's session",
    meaning: 'How long that cookie is good for.',
  },
};
