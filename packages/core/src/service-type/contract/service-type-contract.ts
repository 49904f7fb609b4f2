import type { Service } from '../../resources/service.ts';
import type { ServiceType } from '../service-type.ts';
import { admissionChecks } from './admission-checks.ts';
import { resultChecks } from './result-checks.ts';

/** A Service type, and what is needed to put it to the test. */
export interface ServiceTypeUnderTest {
  /** The plugin, those that it builds on, and any others that are to be registered beside it. */
  readonly types: readonly ServiceType[];
  /**
   * An admissible Service of the type, as a manifest would have it: with at least one port where the type has ports, and without
   * fixed values of what is allocated, so that any number of them can be admitted together.
   */
  readonly make: (metadata: { readonly namespace: string; readonly name: string }) => Service;
}

/** One clause of the contract. */
export interface ContractCheck {
  /** A sentence that says what holds. */
  readonly name: string;
  /** @throws {Error} where it doesn't hold. */
  readonly run: () => void;
}

/**
 * What every Service type has to keep to, as checks for any test framework:
 *
 * `for (const check of serviceTypeContract({ types, make })) it(check.name, check.run);`
 */
export function serviceTypeContract(subject: ServiceTypeUnderTest): readonly ContractCheck[] {
  return [...admissionChecks(subject), ...resultChecks(subject)];
}
