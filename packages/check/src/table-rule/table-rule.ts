import type { ObjectKey } from '@portolan/core';
import type { Manifest } from '@portolan/manifests';
import {
  sourceOf,
  type BackendRef,
  type Backends,
  type RouteSource,
  type TableEntry,
} from '@portolan/routing';

import { relatedPlace } from '../finding/at.ts';
import type { RelatedPlace } from '../finding/finding.ts';
import type { Subject } from '../subject/subject.ts';

/** An entry of the route table, with the object that it comes from. */
export interface LocatedEntry {
  readonly entry: TableEntry;
  readonly source: RouteSource;
  /** The field of the rule, such as `spec.rules[0].http.paths[1]`. */
  readonly field: string;
  readonly backends: Backends;
  /** Absent where the route was made of no manifest. */
  readonly manifest: Manifest | undefined;
  /** `PathPrefix /api on shop.example`. */
  readonly called: string;
}

/** @returns `undefined` for an index that the table doesn't have. */
export function locateEntry(
  index: number,
  { compiled, manifests }: Subject,
): LocatedEntry | undefined {
  const { routes } = compiled.snapshot;
  const { entries, rules, actions, hosts } = routes;
  const entry = entries[index];
  const rule = rules[entry?.rule ?? -1];
  const action = actions[rule?.action ?? -1];
  if (!entry || !rule || !action) return undefined;
  const source = sourceOf(routes, rule);
  const written = hosts[rule.host];
  const host = written === '*' ? 'every host' : written;
  return {
    entry,
    source,
    field: rule.field,
    backends: action.backends,
    manifest: manifests.findAny(source.kind, keyOf(source)),
    called: `${entry.type} ${entry.written ?? entry.path} on ${host}`,
  };
}

/** Where the rule stands, for a finding about another. */
export function placesOf(located: LocatedEntry, message: string): readonly RelatedPlace[] {
  return located.manifest === undefined
    ? []
    : [relatedPlace(located.manifest, located.field, message)];
}

/** Whether requests fare alike with either. */
export function areAlike(a: Backends, b: Backends): boolean {
  return (
    a.length === b.length &&
    a.every((backend, index) => backendText(backend) === backendText(b[index]))
  );
}

function backendText(backend: BackendRef | undefined): string {
  if (backend === undefined) return '';
  const { group, kind, namespace, name, port, weight } = backend;
  return JSON.stringify([group, kind, namespace, name, port ?? null, weight]);
}

function keyOf({ namespace, name }: RouteSource): ObjectKey {
  return `${namespace}/${name}`;
}
