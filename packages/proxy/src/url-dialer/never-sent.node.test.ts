import { expect, it } from 'vitest';

import { forwardDecision } from '../../test/decision/forward-decision.ts';
import { url } from './url.ts';

const { endpoint, service } = forwardDecision();
const dialled = url().dial({ endpoint, service });

it.each([
  ['connect', 'ECONNREFUSED', true],
  ['connect', 'EHOSTUNREACH', true],
  ['getaddrinfo', 'EAI_AGAIN', true],
  // A host that vanishes while we wait for its answer: the request is there already.
  ['read', 'EHOSTUNREACH', false],
  ['write', 'ENETUNREACH', false],
  ['read', 'ECONNRESET', false],
])('an error of %s with code %s says that nothing was sent: %s', (syscall, code, says) => {
  const cause = Object.assign(new Error(code), { code, syscall });
  const error = new TypeError('fetch failed', { cause });
  expect('wasNeverSent' in dialled && dialled.wasNeverSent?.(error)).toBe(says);
});
