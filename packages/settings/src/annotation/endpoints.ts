import { RANGES } from '../constraint/constraint.ts';
import { duration } from '../format/duration.ts';
import { path } from '../format/text.ts';
import { wholeNumber } from '../format/whole-number.ts';
import { ENDPOINT_KINDS, type SettingAnnotations } from './annotation.ts';

export const ENDPOINTS: SettingAnnotations<
  | 'ejectionFailures'
  | 'ejectionMaxPercent'
  | 'ejectionTime'
  | 'healthInterval'
  | 'healthPath'
  | 'healthTimeout'
  | 'healthyThreshold'
  | 'maxPendingRequests'
  | 'maxRequests'
  | 'unhealthyThreshold'
> = {
  maxRequests: {
    kinds: ENDPOINT_KINDS,
    format: wholeNumber(RANGES.maxRequests),
    example: '100',
    otherwise: 'no limit',
    meaning: 'The most requests under way at one endpoint, streams included.',
  },
  maxPendingRequests: {
    kinds: ENDPOINT_KINDS,
    format: wholeNumber(RANGES.maxPendingRequests),
    example: '20',
    otherwise: 'no limit',
    meaning: 'The most requests at one endpoint that wait for the first byte.',
  },
  ejectionFailures: {
    kinds: ENDPOINT_KINDS,
    format: wholeNumber(RANGES.ejectionFailures),
    example: '3',
    meaning: 'After so many failures in a row an endpoint is ejected; 0: never.',
  },
  ejectionTime: {
    kinds: ENDPOINT_KINDS,
    format: duration(RANGES.ejectionTime),
    example: '30s',
    meaning:
      'For how long the first time; each further time in a row it is doubled, up to ten times as long.',
  },
  ejectionMaxPercent: {
    kinds: ENDPOINT_KINDS,
    format: wholeNumber(RANGES.ejectionMaxPercent),
    example: '30',
    meaning: "The largest share of a Service port's endpoints that may be out at once.",
  },
  healthPath: {
    kinds: ENDPOINT_KINDS,
    format: path,
    example: '/healthz',
    otherwise: 'no checks',
    meaning:
      'The path that active health checks ask for, once `startHealthChecks` runs them; not on Workers.',
  },
  healthInterval: {
    kinds: ENDPOINT_KINDS,
    format: duration(RANGES.healthInterval),
    example: '5s',
    meaning: 'The time from one check of an endpoint to the next.',
  },
  healthTimeout: {
    kinds: ENDPOINT_KINDS,
    format: duration(RANGES.healthTimeout),
    example: '500ms',
    meaning: 'How long a check may take.',
  },
  healthyThreshold: {
    kinds: ENDPOINT_KINDS,
    format: wholeNumber(RANGES.healthyThreshold),
    example: '1',
    meaning: 'After so many good checks in a row an unhealthy endpoint is healthy again.',
  },
  unhealthyThreshold: {
    kinds: ENDPOINT_KINDS,
    format: wholeNumber(RANGES.unhealthyThreshold),
    example: '5',
    meaning: 'After so many bad checks in a row an endpoint is unhealthy.',
  },
};
