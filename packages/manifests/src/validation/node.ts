import { parseCIDR, validateDNS1123Subdomain } from '@portolan/core';
import type { Node } from '@portolan/core';

import { validateCIDR } from './address.ts';
import type { Draft } from './draft.ts';
import { duplicate, invalid, type FieldErrors } from './field-errors.ts';
import { validateMetadata } from './metadata.ts';

/** Source: Kubernetes API reference, Node v1 core. */
export function* validateNode({
  metadata = {},
  spec: { podCIDRs = [] } = {},
}: Draft<Node>): FieldErrors {
  yield* validateMetadata(metadata, validateDNS1123Subdomain);
  for (const [index, cidr] of podCIDRs.entries()) {
    yield* validateCIDR(cidr, `spec.podCIDRs[${index}]`);
  }
  const families = podCIDRs.map((cidr) => parseCIDR(cidr)?.family);
  if (new Set(families).size < podCIDRs.length) {
    const detail = 'may specify no more than one CIDR for each IP family';
    yield invalid('spec.podCIDRs', podCIDRs, detail);
  }
  for (const [index, cidr] of podCIDRs.entries()) {
    if (podCIDRs.indexOf(cidr) < index) yield duplicate(`spec.podCIDRs[${index}]`, cidr);
  }
}
