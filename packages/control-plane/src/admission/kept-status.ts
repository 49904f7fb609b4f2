import type { Attempt } from '@portolan/kube-api';

/**
 * The status that an object keeps, where a write of the object says nothing of it. Tools write out a status without any
 * value, as `{loadBalancer: {}}`, and mean nothing by it.
 */
export function keptStatus({ object, previous, subresource }: Attempt): {
  readonly status?: unknown;
} {
  if (subresource !== undefined || !saysNothing(object['status'])) return {};
  return previous?.['status'] === undefined ? {} : { status: previous['status'] };
}

function saysNothing(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  return (
    typeof value === 'object' && !Array.isArray(value) && Object.values(value).every(saysNothing)
  );
}
