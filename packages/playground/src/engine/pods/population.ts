import { objectKey, type ObjectKey, type Pod, type Resource, type Workload } from '@portolan/core';
import type { ResourceChange } from '@portolan/engine';
import { isWorkload, ownership, type StandInPlan } from '@portolan/stand-ins';

import { NO_CHANGES, type PodChanges } from '../../scenario/scenario.ts';
import { changedPod } from './changed-pod.ts';
import { scaledPods } from './scaled-pods.ts';

/** Pods of one workload, or one that no workload makes. */
export interface PodGroup {
  readonly workload?: Workload;
  /** Whether there may be more of them, or fewer. */
  readonly isScalable: boolean;
  /** As the manifests have them: first those given, then those that the workload makes. */
  readonly given: readonly Pod[];
  readonly made: readonly Pod[];
}

/** The kinds that `spec.replicas` counts the Pods of. */
const SCALABLE: ReadonlySet<string> = new Set([
  'Deployment',
  'ReplicaSet',
  'ReplicationController',
  'StatefulSet',
]);

/** All Pods of manifests, those that nobody selects among them, and what becomes of them. */
export class Population {
  /** In the order of the manifests. */
  readonly #groups: ReadonlyMap<string, PodGroup>;
  readonly #groupOf = new Map<ObjectKey, string>();
  /** The Pods of each group as they are now, without what became of single ones. */
  readonly #members = new Map<string, readonly Pod[]>();
  readonly #pods = new Map<ObjectKey, Pod>();
  readonly #plan: StandInPlan;
  #changes: PodChanges = NO_CHANGES;

  /** @param resources Those of the manifests, each once. */
  constructor(resources: readonly Resource[], plan: StandInPlan) {
    this.#plan = plan;
    this.#groups = groupsOf(resources, plan);
    for (const [name, { given, made }] of this.#groups) this.#enrol(name, [...given, ...made]);
  }

  /** In the order of the manifests, those of one workload by name. */
  *all(): Iterable<Pod> {
    for (const members of this.#members.values()) {
      for (const member of members) yield this.#pods.get(objectKey(member)) ?? member;
    }
  }

  get size(): number {
    return this.#pods.size;
  }

  /** As it is now. */
  find(key: ObjectKey): Pod | undefined {
    return this.#pods.get(key);
  }

  /** Who makes a Pod. */
  workloadOf(key: ObjectKey): Workload | undefined {
    return this.#groups.get(this.#groupOf.get(key) ?? '')?.workload;
  }

  /** `Kind namespace/name` of the workload that may have more Pods than this one, or fewer, and how many it has. */
  scaleOf(key: ObjectKey): { readonly workload: string; readonly replicas: number } | undefined {
    const name = this.#groupOf.get(key);
    if (name === undefined || this.#groups.get(name)?.isScalable !== true) return undefined;
    return { workload: name, replicas: this.#members.get(name)?.length ?? 0 };
  }

  /** Workloads that have no Pod now, by `Kind namespace/name`. */
  *empty(): Iterable<readonly [string, Workload]> {
    for (const [name, { workload, isScalable }] of this.#groups) {
      if (workload !== undefined && isScalable && this.#members.get(name)?.length === 0) {
        yield [name, workload];
      }
    }
  }

  stateOf(key: ObjectKey): PodChanges['pods'][string]['state'] {
    return this.#changes.pods[key]?.state;
  }

  /**
   * Makes of the Pods what became of them, all said, and gives what is other than before. What is said of Pods and workloads
   * that there aren't counts for nothing.
   */
  become(changes: PodChanges): readonly ResourceChange[] {
    const before = this.#changes;
    this.#changes = changes;
    const touched = new Set<ObjectKey>();
    for (const key of differing(before.replicas, changes.replicas)) this.#scale(key, touched);
    for (const key of differing(before.pods, changes.pods)) if (isObjectKey(key)) touched.add(key);
    return [...touched].flatMap((key) => this.#settle(key));
  }

  #enrol(name: string, members: readonly Pod[]): void {
    const sorted = members.toSorted(byName);
    this.#members.set(name, sorted);
    for (const pod of sorted) {
      const key = objectKey(pod);
      this.#groupOf.set(key, name);
      this.#pods.set(key, pod);
    }
  }

  #scale(name: string, touched: Set<ObjectKey>): void {
    const group = this.#groups.get(name);
    const before = this.#members.get(name);
    if (group?.workload === undefined || !group.isScalable || before === undefined) return;
    const others = [...this.#members].flatMap(([each, pods]) => (each === name ? [] : pods));
    const replicas = this.#changes.replicas[name];
    const after =
      replicas === undefined
        ? [...group.given, ...group.made]
        : scaledPods({ ...group, workload: group.workload }, replicas, this.#plan.nodes, others);
    for (const pod of before) {
      const key = objectKey(pod);
      touched.add(key);
      this.#groupOf.delete(key);
    }
    this.#enrol(name, after);
    for (const pod of after) touched.add(objectKey(pod));
  }

  #settle(key: ObjectKey): readonly ResourceChange[] {
    const name = this.#groupOf.get(key);
    const now = this.#pods.get(key);
    if (name === undefined) {
      if (now === undefined) return [];
      this.#pods.delete(key);
      return [{ delete: { kind: 'Pod', ...partsOf(key) } }];
    }
    const member = this.#members.get(name)?.find((pod) => objectKey(pod) === key);
    if (member === undefined) return [];
    const change = this.#changes.pods[key];
    const pod = change === undefined ? member : changedPod(member, change);
    this.#pods.set(key, pod);
    return [{ put: pod }];
  }
}

function groupsOf(
  resources: readonly Resource[],
  plan: StandInPlan,
): ReadonlyMap<string, PodGroup> {
  const workloads = resources.filter(isWorkload);
  const running = new Map(plan.pods.map((pod) => [objectKey(pod), pod]));
  const given = resources.filter((resource) => resource.kind === 'Pod');
  const { isOwned, podsOf } = ownership(workloads, given);
  const made = Map.groupBy(plan.pods, (pod) => {
    const owner = plan.owners[objectKey(pod)];
    return owner && `${owner.kind} ${owner.namespace}/${owner.name}`;
  });
  const runs = (pod: Pod): Pod => running.get(objectKey(pod)) ?? pod;
  const taken = new Set<ObjectKey>();
  const ofWorkloads = new Map<string, PodGroup>();
  for (const workload of workloads) {
    if (isOwned(workload)) continue;
    const own = podsOf(workload);
    for (const pod of own) taken.add(objectKey(pod));
    const name = `${workload.kind} ${objectKey(workload)}`;
    ofWorkloads.set(name, {
      workload,
      isScalable: SCALABLE.has(workload.kind),
      given: own.map(runs),
      made: made.get(name) ?? [],
    });
  }
  const groups = new Map<string, PodGroup>();
  for (const resource of resources) {
    const name = `${resource.kind} ${objectKey(resource)}`;
    const group = ofWorkloads.get(name);
    if (group) groups.set(name, group);
    else if (resource.kind === 'Pod' && !taken.has(objectKey(resource))) {
      groups.set(name, { isScalable: false, given: [runs(resource)], made: [] });
    }
  }
  return groups;
}

/** The keys that don't have the same in both. */
function differing(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): readonly string[] {
  return Object.keys({ ...before, ...after }).filter(
    (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );
}

/** The ordinals of a StatefulSet in their order, too. */
function byName({ metadata: { name: a } }: Pod, { metadata: { name: b } }: Pod): number {
  return a.length - b.length || (a < b ? -1 : 1);
}

function isObjectKey(key: string): key is ObjectKey {
  return key.includes('/');
}

function partsOf(key: ObjectKey): { readonly namespace: string; readonly name: string } {
  const [namespace = '', name = ''] = key.split('/');
  return { namespace, name };
}
