import type { FieldError } from '../field-error/field-error.ts';
import type { Service } from '../resources/service.ts';
import type { Pool } from './allocation.ts';
import { serviceType } from './common-defaults.ts';
import { composeServiceType } from './compose.ts';
import type { ComposedServiceType } from './compose.ts';
import type { ServiceType } from './service-type.ts';

/**
 * The Service types there are, and what those of a Service make of it: where a client may knock, who may answer, which names
 * there are. That Service is an admitted one: others throw where no plugin serves them.
 */
export interface ServiceTypeRegistry extends Pick<
  ComposedServiceType,
  'frontends' | 'endpoints' | 'dnsRecords'
> {
  /** Every type's pools, by name. */
  readonly pools: ReadonlyMap<string, Pool>;
  /** The type of a Service, `ClusterIP` where it names none; or the fault of `spec.type`, where no plugin serves it. */
  readonly resolve: (service: Service) => ComposedServiceType | FieldError;
}

/**
 * Puts Service types together, each with those that it builds on.
 *
 * @throws {Error} at once for a wiring fault: a type or a pool given twice, a base that is missing, or types that build on
 * one another in a circle.
 */
export function createServiceTypeRegistry(types: readonly ServiceType[]): ServiceTypeRegistry {
  const byType = uniquely(types, ({ type }) => type, 'Service type');
  const pools = uniquely(
    types.flatMap((each) => each.pools ?? []),
    ({ name }) => name,
    'pool',
  );
  const composed = new Map(
    types.map((each) => [each.type, composeServiceType(chainOf(each, byType), types)]),
  );
  const resolve: ServiceTypeRegistry['resolve'] = (service) =>
    composed.get(serviceType(service)) ?? unsupported(serviceType(service), composed.keys());
  const served = (service: Service): ComposedServiceType => {
    const resolved = resolve(service);
    if ('detail' in resolved)
      throw new Error(`no plugin serves Services of type ${serviceType(service)}`);
    return resolved;
  };
  return {
    pools,
    resolve,
    frontends: (service, context) => served(service).frontends(service, context),
    endpoints: (service, sources, context) => served(service).endpoints(service, sources, context),
    dnsRecords: (service, sets, context) => served(service).dnsRecords(service, sets, context),
  };
}

function uniquely<T>(
  items: readonly T[],
  nameOf: (item: T) => string,
  noun: string,
): ReadonlyMap<string, T> {
  const byName = new Map<string, T>();
  for (const item of items) {
    const name = nameOf(item);
    if (byName.has(name)) throw new Error(`${noun} ${name} is given twice`);
    byName.set(name, item);
  }
  return byName;
}

/** A type and all that it builds on, base first. */
function chainOf(
  type: ServiceType,
  byType: ReadonlyMap<string, ServiceType>,
): readonly ServiceType[] {
  const chain = [type];
  for (let current = type; current.buildsOn !== undefined;) {
    const base = byType.get(current.buildsOn);
    if (base === undefined) {
      throw new Error(
        `Service type ${current.type} builds on ${current.buildsOn}, which is not given`,
      );
    }
    if (chain.includes(base)) {
      throw new Error(
        `Service types build on one another in a circle: ${[base, ...chain].map((each) => each.type).join(' → ')}`,
      );
    }
    chain.unshift(base);
    current = base;
  }
  return chain;
}

function unsupported(type: string, supported: Iterable<string>): FieldError {
  const values = [...supported].toSorted().map((each) => JSON.stringify(each));
  return {
    type: 'NotSupported',
    field: 'spec.type',
    value: type,
    detail: `supported values: ${values.join(', ')}`,
  };
}
