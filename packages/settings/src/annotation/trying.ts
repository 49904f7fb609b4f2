import { HOST_POLICIES, RANGES } from '../constraint/constraint.ts';
import { duration } from '../format/duration.ts';
import { oneOf } from '../format/one-of.ts';
import { proxyProtocol } from '../format/proxy-protocol.ts';
import { size } from '../format/size.ts';
import { statuses } from '../format/statuses.ts';
import { wholeNumber } from '../format/whole-number.ts';
import { ENDPOINT_KINDS, REQUEST_KINDS, type SettingAnnotations } from './annotation.ts';

export const TRYING: SettingAnnotations<
  | 'bodyLimit'
  | 'firstByteTimeout'
  | 'hostPolicy'
  | 'idleTimeout'
  | 'perTryTimeout'
  | 'proxyProtocol'
  | 'retries'
  | 'retryBodyLimit'
  | 'retryOn'
> = {
  retries: {
    kinds: REQUEST_KINDS,
    format: wholeNumber(RANGES.retries),
    example: '1',
    meaning:
      'How many further tries a request that may be repeated gets, each at another endpoint where there is one.',
  },
  retryOn: {
    kinds: REQUEST_KINDS,
    format: statuses,
    example: '502,503',
    otherwise: 'no status',
    meaning: 'Statuses that count as a failed try, besides no answer.',
  },
  perTryTimeout: {
    kinds: REQUEST_KINDS,
    format: duration(RANGES.perTryTimeout),
    example: '2s',
    otherwise: 'no limit',
    meaning: 'How long one try may take to its first byte.',
  },
  retryBodyLimit: {
    kinds: REQUEST_KINDS,
    format: size(RANGES.retryBodyLimit),
    example: '1Mi',
    meaning: 'Up to this size a request body is kept to be sent again.',
  },
  firstByteTimeout: {
    kinds: REQUEST_KINDS,
    format: duration(RANGES.firstByteTimeout),
    example: '10s',
    otherwise: 'no limit',
    meaning: 'How long the first byte of the answer may take, all tries together.',
  },
  idleTimeout: {
    kinds: REQUEST_KINDS,
    format: duration(RANGES.idleTimeout),
    example: '1m30s',
    otherwise: 'no limit',
    meaning:
      'How long a body, either way, may stand still while the other side is ready to go on; of raw TCP and UDP, how long both ways together may be still.',
  },
  bodyLimit: {
    kinds: REQUEST_KINDS,
    format: size(RANGES.bodyLimit),
    example: '10Mi',
    otherwise: 'no limit',
    meaning: 'The largest request body; a larger one gets a 413.',
  },
  hostPolicy: {
    kinds: REQUEST_KINDS,
    format: oneOf(HOST_POLICIES),
    example: 'Endpoint',
    meaning:
      "Which Host the endpoint sees: the client's where the runtime can, the client's or an error, or the endpoint's own.",
  },
  proxyProtocol: {
    kinds: ENDPOINT_KINDS,
    format: proxyProtocol,
    example: 'v2',
    otherwise: 'no header',
    meaning:
      "The version of the PROXY protocol header, with the client's address, that endpoints of raw TCP get before anything else.",
  },
};
