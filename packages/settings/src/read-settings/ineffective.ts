import type { SettingField } from '../annotation/annotation.ts';
import type { TrafficSettings } from '../traffic-settings/traffic-settings.ts';

/** A setting that changes nothing beside the others of its object. */
export interface Ineffective {
  readonly field: SettingField;
  /** The other setting that is missing, or in the way. */
  readonly on: SettingField;
  readonly message: string;
}

interface Dependency {
  readonly fields: readonly SettingField[];
  readonly on: SettingField;
  readonly isInVain: (settings: TrafficSettings) => boolean;
  readonly message: string;
}

const DEPENDENCIES: readonly Dependency[] = [
  {
    fields: ['hashKey'],
    on: 'loadBalancing',
    isInVain: ({ loadBalancing }) =>
      loadBalancing !== 'RendezvousHash' && loadBalancing !== 'Maglev',
    message: 'only RendezvousHash and Maglev, in portolan.dev/load-balancing, go by it',
  },
  {
    fields: ['affinityCookieMaxAge'],
    on: 'affinityCookie',
    isInVain: ({ affinityCookie }) => affinityCookie === undefined,
    message: 'without portolan.dev/affinity-cookie there is no cookie',
  },
  {
    fields: ['retryOn', 'retryBodyLimit'],
    on: 'retries',
    isInVain: ({ retries }) => retries === 0,
    message: 'portolan.dev/retries is 0',
  },
  {
    fields: ['perTryTimeout'],
    on: 'firstByteTimeout',
    isInVain: ({ perTryTimeout = 0, firstByteTimeout = Infinity }) =>
      perTryTimeout >= firstByteTimeout,
    message: 'portolan.dev/first-byte-timeout is over by then',
  },
  {
    fields: ['maxPendingRequests'],
    on: 'maxRequests',
    isInVain: ({ maxPendingRequests = 0, maxRequests = Infinity }) =>
      maxPendingRequests >= maxRequests,
    message: 'portolan.dev/max-requests is reached by then',
  },
  {
    fields: ['ejectionTime', 'ejectionMaxPercent'],
    on: 'ejectionFailures',
    isInVain: ({ ejectionFailures }) => ejectionFailures === 0,
    message: 'portolan.dev/ejection-failures is 0, so that no endpoint is ejected',
  },
  {
    fields: ['healthInterval', 'healthTimeout', 'healthyThreshold', 'unhealthyThreshold'],
    on: 'healthPath',
    isInVain: ({ healthPath }) => healthPath === undefined,
    message: 'without portolan.dev/health-path there are no checks',
  },
];

export function ineffective(settings: TrafficSettings): readonly Ineffective[] {
  return DEPENDENCIES.filter(({ isInVain }) => isInVain(settings)).flatMap(
    ({ fields, on, message }) =>
      fields
        .filter((field) => settings[field] !== undefined)
        .map((field) => ({ field, on, message })),
  );
}
