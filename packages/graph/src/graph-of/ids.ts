import type { ObjectKey, ObjectReference } from '@portolan/core';

/** How nodes are called. Each name follows from what the node stands for, and from nothing else in the drawing. */

export function serviceId(service: ObjectKey): string {
  return `service:${service}`;
}

export function podsId({ kind, namespace, name }: ObjectReference): string {
  return `pods:${kind}/${namespace}/${name}`;
}

export function addressesId(service: ObjectKey): string {
  return `addresses:${service}`;
}

export function externalNameId(namespace: string, host: string): string {
  return `external-name:${namespace}/${host}`;
}

export function resourceId(group: string, { kind, namespace, name }: ObjectReference): string {
  return `resource:${group}/${kind}/${namespace}/${name}`;
}

/** @param key As the Snapshot has it. */
export function frontendId(key: string): string {
  return `frontend:${key}`;
}

/** @param rest What tells the rule from the others of its object. */
export function ruleId({ kind, namespace, name }: ObjectReference, rest: string): string {
  return `rule:${kind}/${namespace}/${name}:${rest}`;
}

export function edgeId(from: string, to: string, port?: string): string {
  return port === undefined ? `${from} > ${to}` : `${from} > ${to} ${port}`;
}

/** @param port As `SnapshotPort` has it. */
export function portId({
  protocol,
  port,
}: {
  readonly protocol: string;
  readonly port: number;
}): string {
  return `${protocol} ${port}`;
}

export function missingPortId(port: number | string | undefined): string {
  return `missing ${port ?? ''}`;
}
