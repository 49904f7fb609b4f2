import type { Compiled, CompiledWithStandIns } from '@portolan/compile';
import { objectKey, type ObjectKey } from '@portolan/core';
import type { Dialer, Target } from '@portolan/proxy';
import { sourceName, unreachableRules, type UnreachableRule } from '@portolan/routing';

import type { Finding } from '../finding/finding.ts';
import type { Price } from '../load-balancer-cost/price.ts';
import { podSources, type PodSource } from '../pod-source/pod-source.ts';
import { selectionOf, type Selection } from '../selection/selection.ts';
import { unusedRules, type IsUnused } from '../unreachable/unused-rules.ts';
import { faultyObjects, type FaultyObjects } from './faulty-objects.ts';
import { indexManifests, type ManifestIndex, type ManifestOf } from './manifest-index.ts';

export interface CheckOptions {
  /** Where it is to run: finds endpoints that can't be reached from there. */
  readonly target?: Target;
  /** What it is to reach endpoints with; by default the plain `url` dialer of `target`. */
  readonly dialers?: readonly Dialer[];
  /** What load balancers and Workers cost; `PRICES` by default. */
  readonly prices?: readonly Price[];
}

/** What is checked, with what several rules want to know of it. */
export interface Subject extends CheckOptions {
  readonly compiled: Compiled;
  /** Pods whose names and addresses are invented. */
  readonly standIns: ReadonlySet<ObjectKey>;
  readonly manifests: ManifestIndex;
  /** The Ingresses that are served; others are left to others. */
  readonly ingresses: readonly ManifestOf<'Ingress'>[];
  /** Objects that are left out for an error. */
  readonly faulty: FaultyObjects;
  /** Rules and default backends that never win. */
  readonly unreachable: readonly UnreachableRule[];
  /** Those of them of which it is proved. */
  readonly isUnused: IsUnused;
  readonly podSources: readonly PodSource[];
  readonly selection: Selection;
}

/** One thing to look for. */
export type Rule = (subject: Subject) => readonly Finding[];

export function subjectOf(
  { compiled, standIns }: CompiledWithStandIns,
  options: CheckOptions = {},
): Subject {
  const manifests = indexManifests(compiled.manifests);
  const served = new Set(compiled.routes.map(({ source }) => sourceName(source)));
  const unreachable = unreachableRules(compiled.snapshot.routes);
  const sources = podSources(compiled.manifests);
  return {
    ...options,
    compiled,
    standIns,
    manifests,
    ingresses: manifests
      .ofKind('Ingress')
      .filter(({ resource }) => served.has(`Ingress ${objectKey(resource)}`)),
    faulty: faultyObjects(compiled.diagnostics),
    unreachable,
    isUnused: unusedRules(compiled.snapshot.routes, unreachable),
    podSources: sources,
    selection: selectionOf(compiled.services, sources),
  };
}
