import { validateDNS1123Subdomain, validateQualifiedName } from '@portolan/core';
import type { Lease } from '@portolan/core';

import type { Draft } from './draft.ts';
import { forbidden, invalid, invalidEach, type FieldErrors } from './field-errors.ts';
import { validateMetadata } from './metadata.ts';
import { validateOneOf } from './one-of.ts';

/** Source: Kubernetes API reference, Lease v1 coordination.k8s.io. */
export function* validateLease({ metadata = {}, spec = {} }: Draft<Lease>): FieldErrors {
  yield* validateMetadata(metadata, validateDNS1123Subdomain);
  const { leaseDurationSeconds, leaseTransitions, strategy, preferredHolder } = spec;
  if (leaseDurationSeconds !== undefined && leaseDurationSeconds <= 0) {
    yield invalid('spec.leaseDurationSeconds', leaseDurationSeconds, 'must be greater than 0');
  }
  if (leaseTransitions !== undefined && leaseTransitions < 0) {
    const detail = 'must be greater than or equal to 0';
    yield invalid('spec.leaseTransitions', leaseTransitions, detail);
  }
  if (strategy !== undefined) yield* validateStrategy(strategy, 'spec.strategy.strategy');
  if (preferredHolder && !strategy) {
    yield forbidden('spec.preferredHolder', 'may only be specified if `strategy` is defined');
  }
}

/** Names without a slash are Kubernetes' own. The API server says the field's name twice. */
function* validateStrategy(strategy: string, field: string): FieldErrors {
  if (strategy.includes('/')) {
    yield* invalidEach(field, strategy, validateQualifiedName(strategy));
  } else {
    yield* validateOneOf(strategy, ['OldestEmulationVersion'], field);
  }
}
