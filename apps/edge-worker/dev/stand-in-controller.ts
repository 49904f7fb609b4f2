import {
  objectKey,
  objectReference,
  type Node,
  type ObjectKey,
  type ObjectReference,
  type Pod,
  type Resource,
} from '@portolan/core';
import { planStandIns, type StandInPlan } from '@portolan/stand-ins';
import type { StandIns } from '@portolan/stand-ins/serve';

import type { Applied, ResourceAPI } from './resource-api.ts';

/** What objects carry that were made here; a Pod that somebody applied and that only got an address carries none. */
const LABEL = 'portolan.dev/stand-in';

/** The kinds from which Pods and their ports follow. */
const KINDS = [
  'Pod',
  'Service',
  'Node',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'ReplicationController',
  'Job',
] as const satisfies readonly Resource['kind'][];

/** Milliseconds after which a Pod that somebody deleted comes back, as its controller would have it. */
const REST = 5_000;
/** Milliseconds for which a server still answers when its Pod has gone. */
const DRAIN = 3_000;
/** Milliseconds in which changes are gathered. */
const HOLDOFF = 20;

export interface StandInControllerOptions {
  readonly api: ResourceAPI;
  readonly standIns: StandIns;
  readonly signal: AbortSignal;
  readonly warn: (message: string) => void;
}

/**
 * Does what a cluster's controllers and kubelets would: Pods of workloads come and go with them, and every Pod without an
 * address gets one, with a server behind it. Resolves when that is so for all that there is.
 */
export async function controlStandIns(options: StandInControllerOptions): Promise<void> {
  const controller = new StandInController(options);
  await Promise.all(
    KINDS.map((kind) =>
      options.api.follow(kind, {
        signal: options.signal,
        onChange: (objects) => controller.learn(kind, objects),
      }),
    ),
  );
  await controller.start();
}

type Objects = ReadonlyMap<ObjectKey, Resource>;

class StandInController {
  readonly #options: StandInControllerOptions;
  readonly #known = new Map<string, Objects>();
  #plan: StandInPlan = { pods: [], nodes: [], servers: [], owners: {} };
  /** Those of our Pods that the API was seen to have: one that is missing then was deleted by somebody. */
  readonly #established = new Set<ObjectKey>();
  readonly #resting = new Set<ObjectKey>();
  #draining: readonly StandInPlan[] = [];
  #isStarted = false;
  /** Whether it is to be reconciled in a moment. */
  #isDue = false;
  #running: Promise<void> = Promise.resolve();

  constructor(options: StandInControllerOptions) {
    this.#options = options;
  }

  learn(kind: Resource['kind'], objects: Objects): void {
    this.#known.set(kind, objects);
    if (this.#isStarted) this.#later();
  }

  start(): Promise<void> {
    this.#isStarted = true;
    return this.#reconcile();
  }

  #later(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    setTimeout(() => {
      this.#isDue = false;
      if (this.#options.signal.aborted) return;
      this.#running = this.#running
        .then(() => this.#reconcile())
        .catch((error: unknown) => this.#warn(error));
    }, HOLDOFF);
  }

  #warn(error: unknown): void {
    this.#options.warn(error instanceof Error ? error.message : String(error));
  }

  /** What there is as people gave it: without what was made of it here. */
  #given(): readonly Resource[] {
    const planned = new Map(this.#plan.pods.map((pod) => [objectKey(pod), pod]));
    return [...this.#known.values()].flatMap((objects) =>
      [...objects.values()].flatMap((resource): readonly Resource[] => {
        if (isOurs(resource)) return [];
        if (resource.kind !== 'Pod') return [resource];
        const address = planned.get(objectKey(resource))?.status?.podIP;
        if (address === undefined || address !== resource.status?.podIP) return [resource];
        const { status: _, ...bare } = resource;
        return [bare];
      }),
    );
  }

  async #reconcile(): Promise<void> {
    const plan = planStandIns(this.#given());
    this.#drain(plan);
    this.#plan = plan;
    await this.#serve();
    await this.#bringIn(plan.nodes.filter((node) => !this.#has(node)).map(ours));
    await this.#bringIn(
      plan.pods.filter((pod) => this.#isToBeWritten(pod)).map((pod) => this.#made(pod)),
    );
    const wanted = new Set([...plan.nodes, ...plan.pods].map(keyOf));
    const left = [...this.#all('Node'), ...this.#all('Pod')].filter(
      (object) => isOurs(object) && !wanted.has(keyOf(object)),
    );
    await Promise.all(left.map((object) => this.#options.api.remove(object)));
  }

  async #bringIn(objects: readonly (Applied | Resource)[]): Promise<void> {
    const results = await Promise.allSettled(
      objects.map((object) => this.#options.api.apply(object, 'stand-ins')),
    );
    for (const result of results) if (result.status === 'rejected') this.#warn(result.reason);
  }

  /** Whether a planned Pod is to be written. One that was deleted rests first. */
  #isToBeWritten(pod: Pod): boolean {
    const key = objectKey(pod);
    const there = this.#known.get('Pod')?.get(key);
    if (there?.kind === 'Pod' && there.status?.podIP === pod.status?.podIP) {
      this.#established.add(key);
      return false;
    }
    if (there === undefined && this.#established.delete(key)) {
      this.#resting.add(key);
      this.#after(REST, () => this.#resting.delete(key));
    }
    return !this.#resting.has(key);
  }

  /** What is written of a Pod: all of it where it is made for a workload, else nothing but what running it adds. */
  #made(pod: Pod): Applied | Pod {
    const owner = this.#plan.owners[objectKey(pod)];
    if (owner !== undefined) return withOwner(ours(pod), this.#find(owner));
    const { apiVersion, kind, metadata, spec, status } = pod;
    const { name, namespace } = metadata;
    return {
      apiVersion,
      kind,
      metadata: { name, namespace },
      spec: { nodeName: spec.nodeName },
      status,
    };
  }

  /** What the next plan leaves out goes on for a while: requests may be on their way to it. */
  #drain(next: StandInPlan): void {
    const wanted = new Set(next.pods.map(objectKey));
    const pods = this.#plan.pods.filter((pod) => !wanted.has(objectKey(pod)));
    if (pods.length === 0) return;
    const keys = new Set(pods.map(objectKey));
    const servers = this.#plan.servers.filter(({ pod }) => keys.has(pod));
    const leaving = { pods, servers, nodes: [], owners: {} };
    this.#draining = [...this.#draining, leaving];
    for (const key of keys) this.#established.delete(key);
    this.#after(DRAIN, () => {
      this.#draining = this.#draining.filter((each) => each !== leaving);
    });
  }

  #after(milliseconds: number, change: () => void): void {
    const timer = setTimeout(() => {
      change();
      this.#later();
    }, milliseconds);
    timer.unref();
  }

  /** Starts and stops servers. A Pod that is planned again goes before its leaving self. */
  #serve(): Promise<void> {
    const plans = [...this.#draining, this.#plan];
    const pods = new Map(plans.flatMap((plan) => plan.pods.map((pod) => [objectKey(pod), pod])));
    const servers = new Map(
      plans.flatMap((plan) =>
        plan.servers.map((server) => [`${server.address}:${server.port}`, server]),
      ),
    );
    return this.#options.standIns.update({
      ...this.#plan,
      pods: [...pods.values()],
      servers: [...servers.values()],
    });
  }

  #all(kind: string): readonly Resource[] {
    return [...(this.#known.get(kind)?.values() ?? [])];
  }

  #find({ kind, namespace, name }: ObjectReference): Resource | undefined {
    return this.#known.get(kind)?.get(`${namespace}/${name}`);
  }

  #has(object: Node | Pod): boolean {
    return this.#known.get(object.kind)?.has(objectKey(object)) ?? false;
  }
}

function ours<Made extends Node | Pod>(object: Made): Made {
  const { metadata } = object;
  return { ...object, metadata: { ...metadata, labels: { ...metadata.labels, [LABEL]: 'true' } } };
}

function withOwner(pod: Pod, owner: Resource | undefined): Pod {
  if (owner?.metadata.uid === undefined) return pod;
  const { apiVersion, kind, metadata } = owner;
  const reference = { apiVersion, kind, name: metadata.name, uid: metadata.uid, controller: true };
  const owned = { ...pod.metadata, ownerReferences: [reference] };
  return { ...pod, metadata: owned };
}

function isOurs({ metadata }: Resource): boolean {
  return metadata.labels?.[LABEL] !== undefined;
}

function keyOf(resource: Resource): string {
  const { kind, namespace, name } = objectReference(resource);
  return `${kind} ${namespace}/${name}`;
}
