import type { FieldError, Service } from '@portolan/core';

import { isHeadless } from '../headless/headless.ts';

/** Faults of what a ClusterIP Service has beside its cluster IPs. */
export function validateClusterIP(service: Service): readonly FieldError[] {
  const hasPorts = (service.spec.ports ?? []).length > 0;
  return [
    ...(hasPorts || isHeadless(service)
      ? []
      : [{ type: 'Required', field: 'spec.ports', detail: '' } as const]),
    ...(service.spec.type === 'ClusterIP' ? unusableFieldFaults(service) : []),
  ];
}

/** What types that build on this one may use, and a ClusterIP Service may not. */
function unusableFieldFaults({ spec }: Service): readonly FieldError[] {
  const errors: FieldError[] = [];
  for (const [index, { nodePort }] of (spec.ports ?? []).entries()) {
    if (!nodePort) continue;
    const detail = "may not be used when `type` is 'ClusterIP'";
    errors.push({ type: 'Forbidden', field: `spec.ports[${index}].nodePort`, detail });
  }
  if (spec.externalTrafficPolicy !== undefined && !spec.externalIPs?.length) {
    errors.push({
      type: 'Invalid',
      field: 'spec.externalTrafficPolicy',
      value: spec.externalTrafficPolicy,
      detail: 'may only be set for externally-accessible services',
    });
  }
  return errors;
}
