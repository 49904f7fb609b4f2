import type { Labels } from '@portolan/core';

import type { PodSource } from '../pod-source/pod-source.ts';
import { areSimilar } from '../similar-name/similar-name.ts';

/** The Pods that come nearest to what a selector asks for. */
export interface NearMiss {
  readonly source: PodSource;
  /** The keys of the selector that the Pods have otherwise, or not at all. */
  readonly missing: readonly string[];
}

/** Finds near misses without trying each Pod for each selector. */
export interface NearestSources {
  /** In the namespace: whoever has most of the labels, or all of them but for a slip of the pen. */
  readonly inNamespace: (namespace: string, selector: Labels) => NearMiss | undefined;
  /** Who has all of the labels, in whatever namespace. */
  readonly anywhere: (selector: Labels) => readonly PodSource[];
}

/** Of labels that many Pods have only so many are looked at. */
const MOST = 64;

export function nearestSources(sources: readonly PodSource[]): NearestSources {
  const byPair = new Map<string, PodSource[]>();
  const byKey = new Map<string, PodSource[]>();
  for (const source of sources) {
    for (const [key, value] of Object.entries(source.labels)) {
      push(byPair, pairText(key, value), source);
      push(byPair, `${source.namespace} ${pairText(key, value)}`, source);
      push(byKey, `${source.namespace} ${key}`, source);
    }
  }
  const candidates = (namespace: string, selector: Labels): readonly PodSource[] => {
    const pairs = Object.entries(selector);
    const sharing = pairs.map(
      ([key, value]) => byPair.get(`${namespace} ${pairText(key, value)}`) ?? [],
    );
    const slips = pairs.map(([key]) => byKey.get(`${namespace} ${key}`) ?? []);
    return [...sharing, ...slips]
      .toSorted((a, b) => a.length - b.length)
      .flatMap((list) => list.slice(0, MOST));
  };
  return {
    inNamespace: (namespace, selector) => nearestOf(candidates(namespace, selector), selector),
    anywhere: (selector) => {
      const lists = Object.entries(selector).map(
        ([key, value]) => byPair.get(pairText(key, value)) ?? [],
      );
      const [rarest = []] = lists.toSorted((a, b) => a.length - b.length);
      return rarest.slice(0, MOST).filter((source) => missingOf(source, selector).length === 0);
    },
  };
}

function nearestOf(candidates: readonly PodSource[], selector: Labels): NearMiss | undefined {
  let nearest: (NearMiss & { readonly distance: number }) | undefined;
  for (const source of new Set(candidates)) {
    const missing = missingOf(source, selector);
    const wrong = missing.filter((key) => !isSlip(selector[key], source.labels[key]));
    const isNear = wrong.length === 0 || missing.length * 2 < Object.keys(selector).length;
    // A slip of the pen is nearer than another value.
    const distance = missing.length + wrong.length;
    if (isNear && distance < (nearest?.distance ?? Infinity))
      nearest = { source, missing, distance };
  }
  return nearest;
}

function missingOf({ labels }: PodSource, selector: Labels): readonly string[] {
  return Object.keys(selector).filter(
    (key) => !Object.hasOwn(labels, key) || labels[key] !== selector[key],
  );
}

function isSlip(wanted: string | undefined, found: string | undefined): boolean {
  return wanted !== undefined && found !== undefined && areSimilar(found, wanted);
}

function pairText(key: string, value: string): string {
  return `${key}=${value}`;
}

function push(lists: Map<string, PodSource[]>, key: string, source: PodSource): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [source]);
  else list.push(source);
}
