import { compareByName, compareText, objectKey, objectReference } from '@portolan/core';
import type { Node, ObjectKey, ObjectReference, Pod, Resource } from '@portolan/core';

import { addressPool, dialledAddresses } from './address.ts';
import { nodeNameFor, STAND_IN_NODE } from './node.ts';
import { ownership } from './owner.ts';
import { hasAddress, hasEnded, runPod } from './pod.ts';
import { portsOf, selectingPorts } from './port.ts';
import { isWorkload, makePods, workloadKey } from './workload.ts';

/** One HTTP server: a Pod's address and one of its TCP ports. */
export interface StandInServer {
  readonly pod: ObjectKey;
  /** 127.x.y.z, the Pod's `status.podIP`. */
  readonly address: string;
  /** 1–65535. */
  readonly port: number;
}

/** Plain data, the same for equal input. */
export interface StandInPlan {
  /** The Pods that are stood in for, each as a cluster would report it running. Sorted by `namespace/name`. */
  readonly pods: readonly Pod[];
  /** Those given, or one named `stand-in`. Sorted by name. */
  readonly nodes: readonly Node[];
  /** Sorted as `pods` is, then by port. */
  readonly servers: readonly StandInServer[];
  /** By Pod the workload that it is made for. Given Pods are not in it; where there are no others it may be absent. */
  readonly owners: Readonly<Record<ObjectKey, ObjectReference>>;
}

/**
 * Which Pods there would be if a cluster ran `resources`, and where a local server is to answer for each.
 *
 * Stood in for are the given Pods without `status.podIP`, and the Pods that workloads would make on top of those they
 * have (`metadata.ownerReferences`). Pods with an address, and Pods that have ended, are left out: they stay as given. A
 * CronJob makes no Pod. Where two objects of a kind share a name the later one counts, as if applied in order.
 *
 * A Pod's name follows from its workload's kind, namespace and name and, for a Deployment, from the template; its address
 * from its namespace and name. Neither depends on what else is given, short of two hashes that meet.
 */
export function planStandIns(resources: readonly Resource[]): StandInPlan {
  const given = distinct(resources);
  const givenPods = given.filter((resource) => resource.kind === 'Pod');
  const givenNodes = given.filter((resource) => resource.kind === 'Node');
  const selecting = selectingPorts(given.filter((resource) => resource.kind === 'Service'));
  const workloads = given
    .filter(isWorkload)
    .toSorted((a, b) => compareText(workloadKey(a), workloadKey(b)));

  const nodes = givenNodes.length === 0 ? [STAND_IN_NODE] : givenNodes.toSorted(compareByName);
  const { isOwned, podsOf } = ownership(workloads, givenPods);
  const taken = new Set(givenPods.map(objectKey));
  const made = workloads
    .filter((workload) => !isOwned(workload))
    .flatMap((workload) => {
      const owner = objectReference(workload);
      const pods = makePods(workload, { nodes, owned: podsOf(workload), taken });
      return pods.map((pod) => ({ pod, owner }));
    });

  const waiting = givenPods.filter((pod) => !hasAddress(pod) && !hasEnded(pod));
  const takeAddress = addressPool(dialledAddresses(given));
  const pods: Pod[] = [];
  const servers: StandInServer[] = [];
  for (const pod of [...waiting, ...made.map((each) => each.pod)].toSorted(compareByName)) {
    const key = objectKey(pod);
    const address = takeAddress(key);
    pods.push(runPod(pod, nodeNameFor(pod.spec, nodes, key, 0), address));
    servers.push(...portsOf(pod, selecting).map((port) => ({ pod: key, address, port })));
  }
  const owners = Object.fromEntries(made.map(({ pod, owner }) => [objectKey(pod), owner]));
  return { pods, nodes, servers, owners };
}

function distinct(resources: readonly Resource[]): readonly Resource[] {
  const byKey = new Map(
    resources.map((resource) => [`${resource.kind}/${objectKey(resource)}`, resource]),
  );
  return [...byKey.values()];
}
