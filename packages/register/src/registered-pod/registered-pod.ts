/** A port at which the process listens: ContainerPort v1 core. */
export interface RegisteredPort {
  readonly containerPort: number;
  /** An IANA service name, for Services whose `targetPort` is a name. */
  readonly name?: string;
  /** `TCP` by default. */
  readonly protocol?: 'SCTP' | 'TCP' | 'UDP';
}

/** What a process is to be as a Pod. */
export interface RegisteredPod {
  /** A DNS subdomain (RFC 1123) that no other process has; also the name of the Lease. */
  readonly name: string;
  /** `default` by default. */
  readonly namespace?: string;
  /** What Services select it by. */
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** The IP address at which the gateway reaches the process, or one of each family. */
  readonly address: string | readonly string[];
  readonly ports: readonly RegisteredPort[];
  /** For how long the Pod counts as alive after a heartbeat; 30 by default. */
  readonly leaseDurationSeconds?: number;
}

/** The namespace of a Pod that names none. */
export const DEFAULT_NAMESPACE = 'default';

export const DEFAULT_LEASE_DURATION_SECONDS = 30;

/** The Pod as an object: Pod v1 core, with the Lease that it lives by in the annotation `portolan.dev/lease`. */
export function podObject(pod: RegisteredPod, isReady: boolean, now: number): object {
  const { name, namespace = DEFAULT_NAMESPACE, labels, annotations, address, ports } = pod;
  const addresses = typeof address === 'string' ? [address] : address;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      labels,
      annotations: { ...annotations, 'portolan.dev/lease': name },
    },
    // Nothing is started from an image, but a container can't do without.
    spec: { containers: [{ name: 'registered', image: 'registered', ports }] },
    status: {
      phase: 'Running',
      podIP: addresses[0],
      podIPs: addresses.map((ip) => ({ ip })),
      conditions: [readyCondition(isReady, now)],
    },
  };
}

/** The Pod's one condition. */
export function readyCondition(isReady: boolean, now: number): object {
  return {
    type: 'Ready',
    status: isReady ? 'True' : 'False',
    // All fields are given, so that none is left of a condition that the control plane wrote.
    reason: isReady ? 'Registered' : 'NotReady',
    message: '',
    lastTransitionTime: `${new Date(now).toISOString().slice(0, 19)}Z`,
  };
}

/** The Lease as an object: Lease v1 coordination.k8s.io. It goes with its Pod. */
export function leaseObject(pod: RegisteredPod, podUID: string | undefined, now: number): object {
  const { name, namespace = DEFAULT_NAMESPACE } = pod;
  const owner = { apiVersion: 'v1', kind: 'Pod', name, uid: podUID };
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: {
      name,
      namespace,
      ...(podUID !== undefined && { ownerReferences: [owner] }),
    },
    spec: leaseSpec(pod, now),
  };
}

/** `spec` of the Lease, renewed now. */
export function leaseSpec(pod: RegisteredPod, now: number): object {
  return {
    holderIdentity: pod.name,
    leaseDurationSeconds: pod.leaseDurationSeconds ?? DEFAULT_LEASE_DURATION_SECONDS,
    // A MicroTime has six digits.
    renewTime: new Date(now).toISOString().replace('Z', '000Z'),
  };
}
