import * as v from 'valibot';

import {
  HOST_POLICIES,
  isHealthPath,
  isQueryParamName,
  isRetriedStatus,
  isToken,
  isWithin,
  POLICY_NAMES,
  RANGES,
  sortedStatuses,
  type NumberField,
} from '../constraint/constraint.ts';
import type { TrafficSettings } from '../traffic-settings/traffic-settings.ts';

const HASH_KEY =
  'must be an object with type: ClientAddress, or type: Header, Cookie or QueryParam and a name';

const hashKey = v.variant(
  'type',
  [
    v.strictObject({ type: v.literal('ClientAddress') }),
    v.strictObject({
      type: v.literal('Header'),
      name: v.pipe(text(isToken, 'must be the name of a header'), v.toLowerCase()),
    }),
    v.strictObject({
      type: v.literal('Cookie'),
      name: text(isToken, 'must be the name of a cookie'),
    }),
    v.strictObject({
      type: v.literal('QueryParam'),
      name: text(isQueryParamName, 'must be the name of a query parameter'),
    }),
  ],
  HASH_KEY,
);

const STATUSES = 'must be a list of statuses from 500 to 599, 408, 425 or 429';
const statuses = v.pipe(
  v.array(v.pipe(v.number(STATUSES), v.check(isRetriedStatus, STATUSES)), STATUSES),
  v.transform((all: number[]): readonly number[] => sortedStatuses(all)),
);

/** `TrafficSettings`, and nothing besides. */
export const SettingsSchema: v.GenericSchema<unknown, TrafficSettings> = v.strictObject({
  loadBalancing: v.optional(oneOf(POLICY_NAMES)),
  hashKey: v.optional(hashKey),
  affinityCookie: v.optional(text(isToken, 'must be the name of a cookie')),
  affinityCookieMaxAge: number('affinityCookieMaxAge'),
  retries: number('retries'),
  retryOn: v.optional(statuses),
  perTryTimeout: number('perTryTimeout'),
  retryBodyLimit: number('retryBodyLimit'),
  firstByteTimeout: number('firstByteTimeout'),
  idleTimeout: number('idleTimeout'),
  bodyLimit: number('bodyLimit'),
  hostPolicy: v.optional(oneOf(HOST_POLICIES)),
  proxyProtocol: v.optional(v.literal('V2', 'must be V2')),
  maxRequests: number('maxRequests'),
  maxPendingRequests: number('maxPendingRequests'),
  ejectionFailures: number('ejectionFailures'),
  ejectionTime: number('ejectionTime'),
  ejectionMaxPercent: number('ejectionMaxPercent'),
  healthPath: v.optional(text(isHealthPath, 'must be a path that begins with one slash')),
  healthInterval: number('healthInterval'),
  healthTimeout: number('healthTimeout'),
  healthyThreshold: number('healthyThreshold'),
  unhealthyThreshold: number('unhealthyThreshold'),
} satisfies Record<keyof TrafficSettings, v.GenericSchema>);

function oneOf<Name extends string>(
  names: readonly Name[],
): v.PicklistSchema<readonly Name[], string> {
  return v.picklist(names, `must be ${names.slice(0, -1).join(', ')} or ${names.at(-1)}`);
}

function text(isRight: (text: string) => boolean, message: string): v.GenericSchema<string> {
  return v.pipe(v.string(message), v.check(isRight, message));
}

function number(field: NumberField): v.OptionalSchema<v.GenericSchema<number>, undefined> {
  const range = RANGES[field];
  const message = `must be a whole number from ${range.least} to ${range.most}`;
  return v.optional(
    v.pipe(
      v.number(message),
      v.check((value) => isWithin(range, value), message),
    ),
  );
}
