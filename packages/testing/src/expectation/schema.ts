import { mapping, optional, text } from '@portolan/document';
import * as v from 'valibot';

import { findContradiction, REDIRECT_STATUSES, REFUSAL_STATUSES } from './ending.ts';
import type { Expectation } from './expectation.ts';

const SERVICE = /^[-a-z0-9]+\/[-.a-z0-9]+(?::[-a-z0-9]+)?$/;
const PORT_NAME = /^[-a-z0-9]*[a-z][-a-z0-9]*$/;

const MUST = {
  service: 'must be namespace/name, with a port after a colon if it matters: shop/cart:80',
  port: 'must be a port of the Service, by number or by name',
  status: `must be that of a redirect (${REDIRECT_STATUSES.join(', ')}) or of a refusal (${REFUSAL_STATUSES.join(', ')}), since what a backend answers is not known here`,
  reason: 'must be a reason such as NoMatchingRoute',
  redirect: 'must be a URL',
  path: 'must be a path that begins with /',
  headers: 'must be a mapping of names to values',
  reachable: 'must be true or false',
  endpoints: 'must be a number of at least 1 (for none at all say reachable: false)',
  endpoint: 'must be address:port, IPv6 in brackets',
  pod: 'must be the name of a Pod',
  pods: 'must be a list of names of Pods',
} as const;

/**
 * The shape of an expectation.
 *
 * @param header What a header field may be expected to be.
 */
export function expectationSchema(
  header: v.GenericSchema<unknown, RegExp | string | null | undefined>,
): v.GenericSchema<unknown, Expectation> {
  return v.pipe(
    mapping({
      service: optional(
        v.pipe(v.string(MUST.service), v.regex(SERVICE, MUST.service)),
        'The Service that the request goes to: namespace/name, with a port by number or by name if it matters.',
      ),
      port: optional(
        v.union(
          [
            v.pipe(
              v.number(),
              v.integer(MUST.port),
              v.minValue(1, MUST.port),
              v.maxValue(65_535, MUST.port),
            ),
            v.pipe(v.string(), v.regex(PORT_NAME, MUST.port)),
          ],
          MUST.port,
        ),
        "The Service's port, by number or by name.",
      ),
      status: optional(
        v.picklist([...REDIRECT_STATUSES, ...REFUSAL_STATUSES], MUST.status),
        'The status of a redirect or of a refusal. What a backend answers is not known here.',
      ),
      reason: optional(
        v.pipe(
          text(MUST.reason),
          v.examples(['NoMatchingRoute', 'NoReadyEndpoints', 'BackendNotFound', 'PortNotFound']),
        ),
        'Why the request is refused.',
      ),
      redirect: optional(text(MUST.redirect), 'Where the request is redirected to.'),
      path: optional(
        v.pipe(v.string(MUST.path), v.regex(/^\//, MUST.path)),
        'The path that the backend gets, with the query if one is named.',
      ),
      headers: optional(
        v.pipe(
          v.record(text('must be the name of a header field'), header, MUST.headers),
          v.minEntries(1, MUST.headers),
        ),
        'Header fields that the backend sees; null: there is none of that name.',
      ),
      reachable: optional(
        v.boolean(MUST.reachable),
        'Whether the request is forwarded to somebody.',
      ),
      endpoints: optional(
        v.pipe(v.number(MUST.endpoints), v.integer(MUST.endpoints), v.minValue(1, MUST.endpoints)),
        'How many endpoints may answer.',
      ),
      endpoint: optional(
        v.pipe(v.string(MUST.endpoint), v.regex(/^.+:\d+$/, MUST.endpoint)),
        'An endpoint that may answer: address:port.',
      ),
      pod: optional(text(MUST.pod), 'A Pod that may answer.'),
      pods: optional(
        v.pipe(v.array(text(MUST.pod), MUST.pods), v.nonEmpty(MUST.pods)),
        'All Pods that may answer, in any order.',
      ),
    }),
    // No request fulfils what contradicts itself.
    v.rawCheck(({ dataset, addIssue }) => {
      const found = dataset.typed ? findContradiction(dataset.value) : undefined;
      if (!dataset.typed || found === undefined) return;
      const input = dataset.value;
      const { field: key, other } = found;
      const claim = typeof input[other] === 'object' ? other : `${other}: ${input[other]}`;
      addIssue({
        message: `contradicts ${claim}, since no request is both`,
        path: [{ type: 'object', origin: 'value', input, key, value: input[key] }],
      });
    }),
  );
}
