import type { ObjectKey } from '@portolan/core';

import { relatedPlace, type Said } from '../finding/at.ts';
import type { RelatedPlace } from '../finding/finding.ts';
import { listed } from '../sentence/sentence.ts';
import { similarNames, type SimilarNames } from '../similar-name/similar-name.ts';
import type { Subject } from '../subject/subject.ts';

/** A Service that something names and that isn't there: what is to be said of it, and which one may have been meant. */
export type AbsentService = (key: ObjectKey) => Pick<Said, 'message' | 'remedy' | 'related'>;

export function absentServices({ compiled, faulty, manifests }: Subject): AbsentService {
  const names = new Map<string, string[]>();
  const namespaces = new Map<string, string[]>();
  for (const { metadata } of compiled.services) {
    const { name, namespace = 'default' } = metadata;
    push(names, namespace, name);
    push(namespaces, name, namespace);
  }
  const similar = new Map<string, SimilarNames>();
  const placeOf = (key: ObjectKey): readonly RelatedPlace[] => {
    const manifest = manifests.find('Service', key);
    return manifest ? [relatedPlace(manifest, 'metadata.name', `Service ${key} is here`)] : [];
  };

  return (key) => {
    const { namespace, name } = split(key);
    const fault = faulty.find('Service', key);
    if (fault !== undefined) {
      const message = `Service ${key} is left out for an error`;
      return { message, remedy: 'mend that first', related: [fault.place] };
    }
    const message = `Service ${key} is not among these manifests`;
    let known = similar.get(namespace);
    if (known === undefined) {
      known = similarNames(names.get(namespace) ?? []);
      similar.set(namespace, known);
    }
    const alike = known.to(name);
    if (alike.length > 0) {
      const related = alike.flatMap((each) => placeOf(`${namespace}/${each}`));
      return { message, remedy: `did you mean ${alike.join(' or ')}?`, related };
    }
    const elsewhere = (namespaces.get(name) ?? []).slice(0, MOST);
    if (elsewhere.length > 0) {
      const related = elsewhere.flatMap((each) => placeOf(`${each}/${name}`));
      const where = `namespace ${listed(elsewhere)}`;
      return {
        message,
        remedy: `there is a Service ${name} in ${where}, but only one in namespace ${namespace} can be meant`,
        related,
      };
    }
    return { message, remedy: inNamespace(namespace, names.get(namespace) ?? []) };
  };
}

const MOST = 3;
const MOST_NAMES = 6;

function inNamespace(namespace: string, names: readonly string[]): string {
  if (names.length === 0) {
    return `there is no Service in namespace ${namespace}: check the manifests that have it together with these`;
  }
  return names.length > MOST_NAMES
    ? `none of the ${names.length} Services of namespace ${namespace} has a similar name`
    : `namespace ${namespace} has ${listed(names, MOST_NAMES)}`;
}

function push(lists: Map<string, string[]>, key: string, value: string): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

function split(key: ObjectKey): { readonly namespace: string; readonly name: string } {
  const slash = key.indexOf('/');
  return { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}
