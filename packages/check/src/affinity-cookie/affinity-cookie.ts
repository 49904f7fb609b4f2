import { compareText, objectKey, type ObjectKey } from '@portolan/core';
import { findService } from '@portolan/engine';
import { annotationName } from '@portolan/settings';

import { findingAt, nameOf, relatedPlace } from '../finding/at.ts';
import type { Rule, Subject } from '../subject/subject.ts';

const FIELD = `metadata.annotations[${annotationName('affinityCookie')}]`;

/** Services of one host whose affinity cookies have the same name: each would overwrite the other's. */
export const affinityCookiesShared: Rule = (subject) => {
  const { manifests, compiled } = subject;
  const told = new Set<ObjectKey>();
  return [...servicesByHost(subject)].flatMap(([host, keys]) => {
    const byCookie = Map.groupBy(
      keys.flatMap((key) => manifests.find('Service', key) ?? []),
      ({ resource }) =>
        findService(compiled.snapshot, objectKey(resource))?.settings?.affinityCookie,
    );
    return [...byCookie].flatMap(([cookie, [first, ...others]]) => {
      if (cookie === undefined || first === undefined) return [];
      return others.flatMap((manifest) => {
        const key = objectKey(manifest.resource);
        if (told.has(key)) return [];
        told.add(key);
        return findingAt(manifest, FIELD, 'AffinityCookieShared', {
          message: `${nameOf(first)} has a cookie of the same name on ${host}: a client of both is bound to neither for long`,
          remedy: 'give each Service a name of its own',
          related: [relatedPlace(first, FIELD, 'the other cookie')],
        });
      });
    });
  });
};

/** The Services that each host leads to, in the order of their names. Rules without a host are a host of their own. */
function servicesByHost({ compiled }: Subject): ReadonlyMap<string, readonly ObjectKey[]> {
  const services = new Map<string, Set<ObjectKey>>();
  for (const { rules } of compiled.routes) {
    for (const { host = 'every host', backends } of rules) {
      let ofHost = services.get(host);
      if (ofHost === undefined) services.set(host, (ofHost = new Set()));
      for (const { namespace, name } of backends) ofHost.add(`${namespace}/${name}`);
    }
  }
  return new Map([...services].map(([host, keys]) => [host, [...keys].toSorted(compareText)]));
}
