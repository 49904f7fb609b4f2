import { LEASE_ANNOTATION } from '@portolan/core';
import { REGISTERED_BY } from '@portolan/kube-api';
import type { ObjectRef, StoredObject } from '@portolan/store';

/** Seconds for which a Lease holds that isn't there, or doesn't say. */
const DEFAULT_LEASE_DURATION = 30;

export const LEASES = 'leases.coordination.k8s.io';

/** `leaseDurationSeconds` is an int32. */
const MAXIMUM_DURATION = 2 ** 31 - 1;

/** The Lease that a Pod names; none: it lives for as long as nobody deletes it. */
export function leaseOf({ metadata }: StoredObject): ObjectRef | undefined {
  const name = metadata.annotations?.[LEASE_ANNOTATION];
  if (!name) return undefined;
  return { resource: LEASES, namespace: metadata.namespace ?? '', name };
}

/**
 * The Lease as far as it is the Pod's to live by: a Pod that a `register` token made, perhaps before there was such a Lease,
 * neither lives by one of somebody else's nor takes it along.
 */
export function ownLease(
  pod: StoredObject,
  lease: StoredObject | undefined,
): StoredObject | undefined {
  const registrar = pod.metadata.labels?.[REGISTERED_BY];
  const isOwn = registrar === undefined || registrar === lease?.metadata.labels?.[REGISTERED_BY];
  return isOwn ? lease : undefined;
}

/** For how long a Lease holds after it was renewed, in milliseconds. */
export function durationOf(lease: StoredObject | undefined): number {
  const seconds = specOf(lease).leaseDurationSeconds;
  const isDuration =
    typeof seconds === 'number' &&
    Number.isInteger(seconds) &&
    seconds > 0 &&
    seconds <= MAXIMUM_DURATION;
  return (isDuration ? seconds : DEFAULT_LEASE_DURATION) * 1000;
}

/** `spec.renewTime` as it is written, by the client's clock. */
export function renewTimeOf(lease: StoredObject | undefined): unknown {
  return specOf(lease).renewTime;
}

/**
 * When a Lease was last renewed, as far as the objects say, in milliseconds since 1970. That is when the API kept its
 * `renewTime`, as the managed fields say by the clock here; what it says itself, by the client's clock, only where they don't.
 * One that was never renewed counts from its creation, one that isn't there from its Pod's. Nothing lies ahead of now.
 */
export function lastRenewal(
  pod: StoredObject,
  lease: StoredObject | undefined,
  now: number,
): number {
  const renewed = Date.parse(String(renewTimeOf(lease)));
  const created = Date.parse((lease ?? pod).metadata.creationTimestamp);
  const time = [keptTime(lease), renewed, created].find((each) => !Number.isNaN(each));
  return Math.min(time ?? now, now);
}

/** When `renewTime` last changed: the end of the second that is written; NaN where nothing says so. */
function keptTime(lease: StoredObject | undefined): number {
  const { managedFields = [] } = lease?.metadata ?? {};
  const times = managedFields
    .filter(({ fieldsV1 = {} }) => 'f:renewTime' in fieldsOf(fieldsV1['f:spec']))
    .map(({ time = '' }) => Date.parse(time) + 1000);
  return times.length === 0 ? Number.NaN : Math.max(...times);
}

function specOf(lease: StoredObject | undefined): Readonly<Record<string, unknown>> {
  return fieldsOf(lease?.spec);
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' ? { ...value } : {};
}
