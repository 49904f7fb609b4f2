import type { Condition } from '../condition/condition.ts';
import { formatFieldError } from '../field-error/field-error.ts';
import type { FieldError } from '../field-error/field-error.ts';
import { isFromSource } from '../provenance/provenance.ts';
import { objectKey, objectReference } from '../resources/meta.ts';
import { compareByAge, compareByName } from '../resources/order.ts';
import type { Service } from '../resources/service.ts';
import { allocate } from './allocate.ts';
import type { ComposedServiceType } from './compose.ts';
import type { ServiceTypeRegistry } from './registry.ts';
import type { ClaimSet } from './settle.ts';

/** What became of all the Services. */
export interface Admission {
  /** Those admitted, with defaults and with what was allocated to them; sorted by `namespace/name`. */
  readonly services: readonly Service[];
  /** `Accepted` `False`, reason `Invalid`, for each that was refused; sorted likewise. */
  readonly conditions: readonly Condition[];
}

interface Candidate extends ClaimSet {
  readonly service: Service;
  readonly type: ComposedServiceType;
}

/**
 * Admits Services as the API server would: fills in defaults, validates, and allocates what they ask for. All of them are
 * admitted at once, one for each namespace and name, and the result is the same in whatever order they are given.
 *
 * Values that manifests fix are given out first; the older Service wins a collision, then the first by `namespace/name`.
 * Automatic values follow from the Service's namespace and name, so that they stay as Services come and go. A Service that
 * can't be given all it asks for gets nothing and is refused. One that is refused never keeps another from being admitted.
 * What a Service has that was taken over from a cluster is its own, whoever else has it; it is given to nobody automatically.
 *
 * @throws {Error} where a type claims from a pool that no type brings, which is a wiring fault.
 */
export function admitServices(
  registry: ServiceTypeRegistry,
  services: readonly Service[],
): Admission {
  const refused: { readonly service: Service; readonly errors: readonly FieldError[] }[] = [];
  const candidates: Candidate[] = [];
  const settled: Candidate[] = [];
  for (const given of services) {
    const type = registry.resolve(given);
    if ('detail' in type) {
      refused.push({ service: given, errors: [type] });
      continue;
    }
    const service = type.applyDefaults(given);
    const errors = type.validate(service);
    if (errors.length > 0) {
      refused.push({ service, errors });
    } else {
      const candidate = { service, type, key: objectKey(service), claims: type.claims(service) };
      (isFromSource(service) ? settled : candidates).push(candidate);
    }
  }

  const admitted = settled.map(({ service }) => service);
  const inOrder = candidates.toSorted((a, b) => compareByAge(a.service, b.service));
  for (const { claimSet, ...allocation } of allocate(inOrder, registry.pools, settled)) {
    const { service, type } = claimSet;
    if ('errors' in allocation) refused.push({ service, errors: allocation.errors });
    else admitted.push(type.grant(service, allocation.grants));
  }
  return {
    services: admitted.toSorted(compareByName),
    conditions: refused
      .toSorted((a, b) => compareByName(a.service, b.service))
      .map(({ service, errors }) => refusal(service, errors)),
  };
}

function refusal(service: Service, errors: readonly FieldError[]): Condition {
  const faults = errors.map(formatFieldError);
  const message = faults.length === 1 ? faults.join('') : `[${faults.join(', ')}]`;
  return {
    object: objectReference(service),
    type: 'Accepted',
    status: 'False',
    reason: 'Invalid',
    message: `Service ${JSON.stringify(service.metadata.name)} is invalid: ${message}`,
    errors,
    ...(errors[0] && { field: errors[0].field }),
  };
}
