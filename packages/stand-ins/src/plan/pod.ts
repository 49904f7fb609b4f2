import type { Pod } from '@portolan/core';

import { ipv6Address } from './address.ts';

/** Whether the Pod is real: it has an address, at which it is dialled. */
export function hasAddress({ status = {} }: Pod): boolean {
  return [status.podIP, ...(status.podIPs ?? []).map(({ ip }) => ip)].some(Boolean);
}

/** Whether all containers have ended for good. Source: Kubernetes API reference, PodStatus v1 core, `phase`. */
export function hasEnded({ status }: Pod): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed';
}

/** Whether the Pod's controller counts it among those it has. */
export function isActive(pod: Pod): boolean {
  return !hasEnded(pod) && pod.metadata.deletionTimestamp === undefined;
}

/** The Pod as it is when it runs on a node at an IPv4 address. A `Ready` condition that it carries is kept. */
export function runPod(pod: Pod, nodeName: string, address: string): Pod {
  const conditions = pod.status?.conditions ?? [];
  const isReady = conditions.some(({ type }) => type === 'Ready');
  return {
    ...pod,
    metadata: { ...pod.metadata, namespace: pod.metadata.namespace ?? 'default' },
    spec: { ...pod.spec, nodeName },
    status: {
      ...pod.status,
      phase: 'Running',
      podIP: address,
      podIPs: [{ ip: address }, { ip: ipv6Address(address) }],
      conditions: isReady ? conditions : [...conditions, { type: 'Ready', status: 'True' }],
    },
  };
}
