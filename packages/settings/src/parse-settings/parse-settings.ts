import * as v from 'valibot';

import type { TrafficSettings } from '../traffic-settings/traffic-settings.ts';
import { SettingsSchema } from './schema.ts';

/** What is wrong with settings. */
export interface SettingsFault {
  /** `hashKey.name`; empty where they are no object. */
  readonly field: string;
  /** What was expected, and what was found, for people. */
  readonly message: string;
}

/** Settings, or why there are none. */
export type ParsedSettings =
  | { readonly settings: TrafficSettings; readonly faults?: never }
  | { readonly settings?: never; readonly faults: readonly SettingsFault[] };

/**
 * Reads settings as JSON has them: fields as in `TrafficSettings`, times in milliseconds, sizes in bytes. A field that is
 * `undefined` counts as absent. Names of headers become lower case, and lists of statuses sorted.
 */
export function parseSettings(input: unknown): ParsedSettings {
  // To valibot a list is an object too.
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return { faults: [{ field: '', message: 'must be an object' }] };
  }
  // Whoever spreads settings over others doesn't want these overwritten by nothing.
  const given = Object.entries(input).filter(([, value]) => value !== undefined);
  const { success, output, issues } = v.safeParse(SettingsSchema, Object.fromEntries(given));
  return success ? { settings: output } : { faults: issues.map(faultOf) };
}

function faultOf(issue: v.BaseIssue<unknown>): SettingsFault {
  const field = (issue.path ?? []).map(({ key }) => String(key)).join('.');
  if (issue.type !== 'strict_object') {
    return { field, message: `${issue.message}, not ${issue.received}` };
  }
  const isUnknown = issue.expected === 'never';
  return { field, message: isUnknown ? 'there is no such setting' : 'is missing' };
}
