import type { SettingsOptions } from '@portolan/engine';
import { parseSettings, type TrafficSettings } from '@portolan/settings';
import * as v from 'valibot';

const settings = v.pipe(
  v.unknown(),
  v.rawTransform(({ dataset, addIssue, NEVER }): TrafficSettings => {
    const parsed = parseSettings(dataset.value);
    if (parsed.settings !== undefined) return parsed.settings;
    for (const { field, message } of parsed.faults) {
      addIssue({ message: `${field} ${message}`.trim() });
    }
    return NEVER;
  }),
);

const serviceKey = v.pipe(
  v.string(),
  v.regex(/^[^/]+\/[^/]+$/, 'must be namespace/name of a Service'),
);

/** `{ "defaults": TrafficSettings, "services": { "shop/cart": TrafficSettings } }` */
export const SettingsOptionsSchema: v.GenericSchema<unknown, SettingsOptions> = v.strictObject({
  defaults: v.optional(settings),
  services: v.optional(v.record(serviceKey, settings)),
});
