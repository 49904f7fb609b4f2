import type { FieldError } from '../field-error/field-error.ts';
import { isFromSource } from '../provenance/provenance.ts';
import { objectKey } from '../resources/meta.ts';
import type { ObjectKey } from '../resources/meta.ts';
import type { Service } from '../resources/service.ts';
import type { Claim } from './allocation.ts';
import type { ComposedServiceType } from './compose.ts';
import { createHoldings } from './holdings.ts';
import type { ServiceTypeRegistry } from './registry.ts';
import { grantsOf, settle } from './settle.ts';
import { carryOver, keepGrants, updateFaults, withoutLeftovers } from './update.ts';

/** A Service with its defaults and with what was allocated to it, or why it can't be had. */
export type AdmittedService =
  | { readonly service: Service }
  | { readonly errors: readonly FieldError[] };

/** Admits Services one at a time, against what others hold. The cost doesn't depend on how many they are. */
export interface ServiceAdmission {
  /**
   * Says what a Service would be, and holds nothing: whoever keeps it then says so with `hold`.
   *
   * Automatic values are those that `admitServices` would give, as far as nobody else holds them.
   *
   * @param previous The Service of that name as it is. What was allocated to it stays, where the new one leaves it out.
   * @throws {Error} where a type claims from a pool that no type brings, which is a wiring fault.
   */
  readonly admit: (service: Service, previous?: Service) => AdmittedService;
  /** Takes down what an admitted Service has, in place of what the one of that name had. */
  readonly hold: (service: Service) => void;
  /** Gives free what the Service of that name has. */
  readonly release: (key: ObjectKey) => void;
}

/** Admission of Services over time, as the API server has it. It begins with nothing held. */
export function createServiceAdmission(registry: ServiceTypeRegistry): ServiceAdmission {
  const holdings = createHoldings(registry.pools);
  return {
    admit: (given, previous) => {
      const type = registry.resolve(given);
      if ('detail' in type) return { errors: [type] };
      const update = previous && !isFromSource(given) ? updateOf(previous, registry) : undefined;
      const { service, errors } = update ? updated(given, type, update) : created(given, type);
      if (errors.length > 0) return { errors };
      if (isFromSource(service)) return { service };
      const key = objectKey(service);
      const claims = claimsOf(service, type, update);
      const account = settle({ key, claims }, holdings.ledgerFor(key));
      if (account.errors.length > 0) return { errors: account.errors };
      return { service: type.grant(service, grantsOf(account.holdings)) };
    },
    hold: (given) => {
      const type = registry.resolve(given);
      const service = 'detail' in type ? given : type.applyDefaults(given);
      const claims = 'detail' in type ? [] : type.claims(service);
      holdings.hold({ key: objectKey(service), claims }, { shared: isFromSource(service) });
    },
    release: (key) => holdings.hold({ key, claims: [] }),
  };
}

/** A Service that is being changed, and its type. */
interface Update {
  readonly previous: Service;
  readonly type: ComposedServiceType;
}

interface Candidate {
  readonly service: Service;
  readonly errors: readonly FieldError[];
}

/** Absent where no plugin serves the type that the Service has had: then it counts as created. */
function updateOf(given: Service, registry: ServiceTypeRegistry): Update | undefined {
  const type = registry.resolve(given);
  return 'detail' in type ? undefined : { previous: type.applyDefaults(given), type };
}

function created(given: Service, type: ComposedServiceType): Candidate {
  const service = type.applyDefaults(given);
  return { service, errors: type.validate(service) };
}

function updated(given: Service, type: ComposedServiceType, update: Update): Candidate {
  const carried = carryOver(given, type, update.previous, update.type);
  const first = created(carried, type);
  const lighter = withoutLeftovers(carried, update.previous, first.errors);
  const { service, errors } = lighter === carried ? first : created(lighter, type);
  return {
    service,
    errors: [...updateFaults(service, type, update.previous, update.type), ...errors],
  };
}

function claimsOf(service: Service, type: ComposedServiceType, update?: Update): readonly Claim[] {
  const claims = type.claims(service);
  if (update === undefined) return claims;
  const { previous } = update;
  return keepGrants(service, claims, previous, update.type.claims(previous));
}
