import { validateCIDR, validateQualifiedName } from '@portolan/core';
import type { FieldError, Service } from '@portolan/core';

import {
  ANNOTATION_FIELD,
  SOURCE_RANGES_ANNOTATION,
  SOURCE_RANGES_FIELD,
  sourceRangesOf,
} from './source-ranges.ts';

const KUBELET_PORT = 10250;
const ONLY_HERE = "may only be used when `type` is 'LoadBalancer'";

/** Faults of the fields that are a LoadBalancer's own. */
export function validateLoadBalancer(service: Service): readonly FieldError[] {
  const { spec } = service;
  const kubelet = (spec.ports ?? []).flatMap(({ port }, index): readonly FieldError[] => {
    if (port !== KUBELET_PORT) return [];
    const detail = `may not expose port ${KUBELET_PORT} externally since it is used by kubelet`;
    return [{ type: 'Invalid', field: `spec.ports[${index}]`, value: port, detail }];
  });
  const ranges = sourceRangesOf(service).flatMap(({ cidr, field }) =>
    validateCIDR(cidr).map((detail) => ({ type: 'Invalid', field, value: cidr, detail }) as const),
  );
  const { loadBalancerClass: value } = spec;
  const ofClass = value === undefined ? [] : validateQualifiedName(value);
  return [
    ...kubelet,
    ...ranges,
    ...ofClass.map(
      (detail) => ({ type: 'Invalid', field: 'spec.loadBalancerClass', value, detail }) as const,
    ),
    ...(spec.externalTrafficPolicy === 'Local' ? [] : healthCheckFaults(service)),
  ];
}

/** Faults of Services of other types that carry a LoadBalancer's fields. */
export function validateOthers(service: Service): readonly FieldError[] {
  const { spec, metadata } = service;
  const forbidden = [
    spec.loadBalancerSourceRanges?.length
      ? SOURCE_RANGES_FIELD
      : metadata.annotations && Object.hasOwn(metadata.annotations, SOURCE_RANGES_ANNOTATION)
        ? ANNOTATION_FIELD
        : undefined,
    spec.allocateLoadBalancerNodePorts === undefined
      ? undefined
      : 'spec.allocateLoadBalancerNodePorts',
    spec.loadBalancerClass === undefined ? undefined : 'spec.loadBalancerClass',
  ];
  return [
    ...forbidden.flatMap((field): readonly FieldError[] =>
      field === undefined ? [] : [{ type: 'Forbidden', field, detail: ONLY_HERE }],
    ),
    ...healthCheckFaults(service),
  ];
}

function healthCheckFaults({ spec }: Service): readonly FieldError[] {
  const { healthCheckNodePort: value } = spec;
  if (!value) return [];
  const detail =
    "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'";
  return [{ type: 'Invalid', field: 'spec.healthCheckNodePort', value, detail }];
}
