import { parseCIDR, validateCIDR, validateDNS1123Subdomain } from '@portolan/core';
import type { Node } from '@portolan/core';

import type { Draft } from './draft.ts';
import { duplicate, invalid, invalidEach, type FieldErrors } from './field-errors.ts';
import { validateMetadata } from './metadata.ts';

/** Source: Kubernetes API reference, Node v1 core. */
export function* validateNode({
  metadata = {},
  spec: { podCIDRs = [] } = {},
}: Draft<Node>): FieldErrors {
  yield* validateMetadata(metadata, validateDNS1123Subdomain);
  for (const [index, cidr] of podCIDRs.entries()) {
    yield* invalidEach(`spec.podCIDRs[${index}]`, cidr, validateCIDR(cidr));
  }
  const families = podCIDRs.map((cidr) => parseCIDR(cidr)?.family);
  if (new Set(families).size < podCIDRs.length) {
    const detail = 'may specify no more than one CIDR for each IP family';
    yield invalid('spec.podCIDRs', podCIDRs, detail);
  }
  const seen = new Set<string>();
  for (const [index, cidr] of podCIDRs.entries()) {
    if (seen.has(cidr)) yield duplicate(`spec.podCIDRs[${index}]`, cidr);
    seen.add(cidr);
  }
}
