import { canonicalJSON } from '../../canonical-json/canonical-json.ts';
import type { Service } from '../../resources/service.ts';
import { admitServices } from '../admission.ts';
import { createServiceTypeRegistry } from '../registry.ts';
import { valueAt } from './field-value.ts';
import { requirePlainJSON } from './plain-json.ts';
import type { ContractCheck, ServiceTypeUnderTest } from './service-type-contract.ts';
import { admitAll, admitOne, deepFreeze, requireEqual, requireThat, subjectOf } from './subject.ts';

const MANY = 24;

/** Defaults, validation, claims and grants. */
export function admissionChecks(given: ServiceTypeUnderTest): readonly ContractCheck[] {
  return [
    {
      name: 'a registry takes the type, and refuses it without its base',
      run: () => {
        const { type } = subjectOf(given);
        const own = type.chain.at(-1);
        if (own?.buildsOn === undefined) return;
        const rest = given.types.filter((each) => each.type !== own.buildsOn);
        requireThrows(() => createServiceTypeRegistry(rest), `${own.type} without its base`);
      },
    },
    {
      name: 'defaults fill in what is left out, and overwrite nothing',
      run: () => {
        const { type, service } = subjectOf(given);
        requireContains(type.applyDefaults(service), service, '');
      },
    },
    {
      name: 'applying the defaults twice changes nothing',
      run: () => {
        const { type, service } = subjectOf(given);
        const filled = type.applyDefaults(service);
        requireEqual(type.applyDefaults(filled), filled, 'defaults applied twice');
      },
    },
    {
      name: 'what it is given stays as it was',
      run: () => {
        const { registry, type, service } = subjectOf(given);
        const filled = deepFreeze(type.applyDefaults(service));
        const admitted = admitOne(registry, service);
        for (const each of type.chain) {
          each.applyDefaults?.(filled);
          each.validate?.(filled);
          const claims = deepFreeze(each.claims?.(filled, []) ?? []);
          each.claims?.(filled, claims);
          const grants = claims.map(({ field }) => [field, String(valueAt(admitted, field))]);
          each.grant?.(filled, deepFreeze(Object.fromEntries(grants)));
        }
      },
    },
    {
      name: 'an admissible Service is admitted, as plain JSON',
      run: () => {
        const { registry, service } = subjectOf(given);
        requirePlainJSON(admitOne(registry, service), 'the admitted Service');
      },
    },
    {
      name: 'each claim has a field of its own and a pool that some type brings',
      run: () => {
        const { registry, type, service } = subjectOf(given);
        const claims = type.claims(type.applyDefaults(service));
        requirePlainJSON(claims, 'claims');
        requireEqual(new Set(claims.map(({ field }) => field)).size, claims.length, 'fields');
        for (const { pool } of claims) requireThat(registry.pools.has(pool), `no pool ${pool}`);
      },
    },
    {
      name: 'what is granted stands in the field that was claimed',
      run: () => {
        const { registry, type, service } = subjectOf(given);
        const admitted = admitOne(registry, service);
        for (const { pool, field } of type.claims(type.applyDefaults(service))) {
          const value = String(valueAt(admitted, field));
          const canonical = registry.pools.get(pool)?.canonical(value);
          requireThat(canonical === value, `${field} is ${value}, which is none of pool ${pool}`);
        }
      },
    },
    {
      name: 'an admitted Service is admitted again unchanged',
      run: () => {
        const { registry, makeMany } = subjectOf(given);
        const admitted = admitAll(registry, makeMany(MANY));
        requireEqual(admitAll(registry, admitted), admitted, 'admitted twice');
      },
    },
    {
      name: 'admission does not depend on the order of Services',
      run: () => {
        const { registry, makeMany } = subjectOf(given);
        const services = makeMany(MANY);
        const admitted = admitAll(registry, services);
        const rotated = [...services.slice(7), ...services.slice(0, 7)];
        requireEqual(admitAll(registry, services.toReversed()), admitted, 'reversed');
        requireEqual(admitAll(registry, rotated), admitted, 'rotated');
      },
    },
    {
      name: 'no two Services are given one value',
      run: () => {
        const { registry, type, makeMany } = subjectOf(given);
        const owners = new Map<string, Service>();
        for (const service of admitAll(registry, makeMany(MANY))) {
          for (const { pool, wanted = '' } of type.claims(service)) {
            const owner = owners.get(`${pool} ${wanted}`) ?? service;
            requireThat(owner === service, `${wanted} of pool ${pool} is given twice`);
            owners.set(`${pool} ${wanted}`, service);
          }
        }
      },
    },
    {
      name: 'a younger Service changes nothing for the older ones',
      run: () => {
        const { registry, makeMany } = subjectOf(given);
        const services = makeMany(MANY).map((service, index): Service => {
          const creationTimestamp = `2024-01-01T00:00:${String(index).padStart(2, '0')}Z`;
          return { ...service, metadata: { ...service.metadata, creationTimestamp } };
        });
        const youngest = services.at(-1)?.metadata.name;
        const before = admitAll(registry, services.slice(0, -1));
        const after = admitAll(registry, services).filter(
          ({ metadata }) => metadata.name !== youngest,
        );
        requireEqual(after, before, 'the older Services');
      },
    },
    {
      name: 'of two Services that fix one value the second is refused with errors of its fields',
      run: () => {
        const { registry, type, service } = subjectOf(given);
        const first = admitOne(registry, service);
        if (type.claims(first).length === 0) return;
        const second = { ...first, metadata: { ...first.metadata, name: 'web-2' } };
        const { services, conditions } = admitServices(registry, [second, first]);
        requireEqual(services, [first], 'those admitted');
        const [condition] = conditions;
        requireEqual(condition?.object.name, 'web-2', 'the one refused');
        requirePlainJSON(conditions, 'conditions');
        for (const error of condition?.errors ?? []) {
          requireThat(
            error.field !== '' && error.detail !== '',
            `no field or no detail: ${canonicalJSON(error)}`,
          );
        }
      },
    },
  ];
}

function requireThrows(run: () => void, what: string): void {
  try {
    run();
  } catch {
    return;
  }
  throw new Error(`${what} is taken`);
}

/** Whether all that `given` has is in `filled` too. */
function requireContains(filled: unknown, given: unknown, field: string): void {
  if (typeof given !== 'object' || given === null) {
    requireEqual(filled, given, field);
    return;
  }
  for (const [key, value] of Object.entries(given)) {
    const path = Array.isArray(given) ? `${field}[${key}]` : `${field}.${key}`;
    requireContains(valueAt(filled, `[${key}]`), value, path);
  }
}
