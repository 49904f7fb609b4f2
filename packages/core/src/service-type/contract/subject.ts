import { canonicalJSON } from '../../canonical-json/canonical-json.ts';
import { objectKey } from '../../resources/meta.ts';
import type { Service } from '../../resources/service.ts';
import { admitServices } from '../admission.ts';
import type { ComposedServiceType } from '../compose.ts';
import { createServiceTypeRegistry } from '../registry.ts';
import type { ServiceTypeRegistry } from '../registry.ts';
import type { ServiceTypeUnderTest } from './service-type-contract.ts';

/** What the checks work on. Everything handed to the type is frozen. */
export interface Subject {
  readonly registry: ServiceTypeRegistry;
  readonly type: ComposedServiceType;
  readonly service: Service;
  readonly makeMany: (count: number) => readonly Service[];
}

export function subjectOf({ types, make }: ServiceTypeUnderTest): Subject {
  const registry = createServiceTypeRegistry(types);
  const service = deepFreeze(make({ namespace: 'shop', name: 'web' }));
  const type = registry.resolve(service);
  if ('detail' in type) throw new Error(`no type given serves ${String(type.value)}`);
  return {
    registry,
    type,
    service,
    makeMany: (count) =>
      Array.from({ length: count }, (_, index) =>
        deepFreeze(make({ namespace: `team-${index % 3}`, name: `service-${index}` })),
      ),
  };
}

/** The Services as admitted. Throws where one was refused. */
export function admitAll(
  registry: ServiceTypeRegistry,
  services: readonly Service[],
): readonly Service[] {
  const { services: admitted, conditions } = admitServices(registry, services);
  const [refused] = conditions;
  if (refused) throw new Error(`refused: ${refused.message}`);
  return deepFreeze(admitted);
}

export function admitOne(registry: ServiceTypeRegistry, service: Service): Service {
  const [admitted] = admitAll(registry, [service]);
  if (admitted === undefined) throw new Error(`${objectKey(service)} is not among those admitted`);
  return admitted;
}

export function requireEqual(actual: unknown, expected: unknown, what: string): void {
  const [found, wanted] = [canonicalJSON(actual), canonicalJSON(expected)];
  if (found !== wanted) throw new Error(`${what}: expected ${wanted}, found ${found}`);
}

export function requireThat(condition: boolean, otherwise: string): void {
  if (!condition) throw new Error(otherwise);
}

/** The value, frozen through and through. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const item of Object.values(value)) deepFreeze(item);
  }
  return value;
}
