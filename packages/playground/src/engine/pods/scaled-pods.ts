import { objectKey, type Node, type Pod, type Workload } from '@portolan/core';
import { isActive, planStandIns } from '@portolan/stand-ins';

import type { PodGroup } from './population.ts';

/** How many Pods a workload may be given here. */
const MOST_REPLICAS = 50;

/**
 * The Pods of a workload that is to have so many, those that it has among them as they are. Where there are more given than
 * that, the last ones go.
 *
 * @param others All other Pods, whose names and addresses are taken.
 */
export function scaledPods(
  { workload, given, made }: PodGroup & { readonly workload: Workload },
  replicas: number,
  nodes: readonly Node[],
  others: readonly Pod[],
): readonly Pod[] {
  const wanted = Math.trunc(Math.min(Math.max(replicas, 0), MOST_REPLICAS));
  const active = given.filter(isActive);
  if (wanted <= active.length) return active.slice(0, wanted);
  const spec = { ...workload.spec, replicas: wanted };
  const plan = planStandIns([{ ...workload, spec }, ...nodes, ...given, ...others]);
  const before = new Map(made.map((pod) => [objectKey(pod), pod]));
  const isOurs = (pod: Pod): boolean => plan.owners[objectKey(pod)] !== undefined;
  const all = plan.pods.filter(isOurs).map((pod) => before.get(objectKey(pod)) ?? pod);
  return [...given, ...all];
}
