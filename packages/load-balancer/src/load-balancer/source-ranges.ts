import type { Service } from '@portolan/core';

/** The older way to say what `spec.loadBalancerSourceRanges` says; it counts where that is absent or empty. */
export const SOURCE_RANGES_ANNOTATION = 'service.beta.kubernetes.io/load-balancer-source-ranges';

/** A CIDR that a Service names, and the field that names it, as the API server prints it. */
export interface SourceRange {
  readonly cidr: string;
  readonly field: string;
}

/** The CIDRs that clients of a load balancer must come from, without the spaces around them; empty: anyone may come. */
export function sourceRangesOf({ spec, metadata }: Service): readonly SourceRange[] {
  const ranges = spec.loadBalancerSourceRanges ?? [];
  if (ranges.length > 0) {
    return ranges.map((cidr, index) => ({
      cidr: cidr.trim(),
      field: `${SOURCE_RANGES_FIELD}[${index}]`,
    }));
  }
  const annotation = metadata.annotations?.[SOURCE_RANGES_ANNOTATION]?.trim() ?? '';
  if (annotation === '') return [];
  return annotation.split(',').map((cidr) => ({ cidr: cidr.trim(), field: ANNOTATION_FIELD }));
}

/** Capitalised by the API server, though the field is not. */
export const SOURCE_RANGES_FIELD = 'spec.LoadBalancerSourceRanges';
export const ANNOTATION_FIELD: string = `metadata.annotations[${SOURCE_RANGES_ANNOTATION}]`;
