import type { ClientRequest, InformationEvent } from 'node:http';

import { InvalidResponseError } from '@portolan/proxy';

/** More than anybody has a use for; an endpoint that never stops would keep us busy, and fill a client that doesn't read. */
const MAX_INFORMATIONAL = 100;

/** Gives a request up whose endpoint sends more than 100 interim responses (1xx) before its answer: RFC 9110 section 15.2. */
export function expectFewInformational(
  request: ClientRequest,
  onInformation?: (event: InformationEvent) => void,
): void {
  let count = 0;
  request.on('information', (event: InformationEvent) => {
    count += 1;
    if (count <= MAX_INFORMATIONAL) {
      onInformation?.(event);
      return;
    }
    request.destroy(
      new InvalidResponseError(
        `the endpoint sent more than ${MAX_INFORMATIONAL} interim responses`,
      ),
    );
  });
}
