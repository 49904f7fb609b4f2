import type { Compiled } from '@portolan/compile';
import { compareText } from '@portolan/core';
import { servicesOf } from '@portolan/engine';
import { sourceName } from '@portolan/routing';
import type { TrafficSettings } from '@portolan/settings';

import type { SettingChange, SettingValue } from '../diff/diff-result.ts';

/** What the annotations of an object say that both sides have, where they don't say the same. */
export function settingChanges(before: Compiled, after: Compiled): readonly SettingChange[] {
  const still = saidOf(after);
  return [...saidOf(before)]
    .flatMap(([object, was]) => {
      const is = still.get(object);
      return is === undefined ? [] : changesOf(object, was, is);
    })
    .toSorted((a, b) => compareText(a.object, b.object) || compareText(a.name, b.name));
}

type Said = ReadonlyMap<keyof TrafficSettings, SettingValue>;

/** By object: every Service, and all that routes are made of. */
function saidOf({ snapshot, routes }: Compiled): ReadonlyMap<string, Said> {
  const sources = routes.map(({ source }) => sourceName(source));
  return new Map([
    ...servicesOf(snapshot).map(({ namespace, name, settings }) =>
      said(`Service ${namespace}/${name}`, settings),
    ),
    ...sources.map((key) => said(key, snapshot.routeSettings[key])),
  ]);
}

function said(object: string, settings: TrafficSettings = {}): readonly [string, Said] {
  const values = new Map<keyof TrafficSettings, SettingValue>();
  let field: keyof TrafficSettings;
  for (field in settings) {
    const value = settings[field];
    if (value !== undefined) values.set(field, value);
  }
  return [object, values];
}

function changesOf(object: string, was: Said, is: Said): readonly SettingChange[] {
  return [...new Set([...was.keys(), ...is.keys()])]
    .map((name) => ({ name, before: was.get(name), after: is.get(name) }))
    .filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after))
    .map(({ name, before, after }) => ({
      object,
      name,
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
    }));
}
