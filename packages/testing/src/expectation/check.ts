import type { ExplainedEndpoint } from '@portolan/explain';

import type { Asked } from '../asked/asked.ts';
import { describe, happened } from './describe.ts';
import { endingOf, expectedEndings } from './ending.ts';
import { expectedFields, type Expectation, type ExpectationField } from './expectation.ts';
import { enumerate, phrase } from './phrase.ts';
import { endpointAddress, truthOf } from './truth.ts';

/** One thing that is not as expected. */
export interface Failure {
  /** `expected Service shop/cart:80, got Service shop/storefront:80`. */
  readonly message: string;
  readonly expected: Expectation;
  /** What would have to be expected instead; without what there is nothing of. */
  readonly actual: Expectation;
}

/** What of `expected` is not so. Where nothing is expected, that is a failure, too. */
export function check(expected: Expectation, asked: Asked): readonly Failure[] {
  const { explanation } = asked;
  const fields = expectedFields(expected);
  if (fields.length === 0) {
    const message = `nothing is expected; ${happened(explanation)}`;
    return [{ message, expected: {}, actual: describe(explanation) }];
  }
  if (!expectedEndings(expected).includes(endingOf(explanation))) {
    const message = `expected ${phrase(expected)}, but ${happened(explanation)}`;
    return [{ message, expected, actual: describe(explanation) }];
  }
  return fields.flatMap((field) => failureOf(field, expected, asked));
}

/** All failures as what test runners show side by side. */
export function difference(failures: readonly Failure[]): Pick<Failure, 'actual' | 'expected'> {
  return {
    expected: Object.assign({}, ...failures.map(({ expected }) => expected)),
    actual: Object.assign({}, ...failures.map(({ actual }) => actual)),
  };
}

function failureOf(field: ExpectationField, all: Expectation, asked: Asked): readonly Failure[] {
  const truth = truthOf(field, all, asked);
  if (truth === all[field]) return [];
  const expected = differing({ [field]: all[field] }, { [field]: truth });
  const actual = differing({ [field]: truth }, { [field]: all[field] });
  const message = `expected ${phrase(expected)}, got ${gotPhrase(field, actual, asked)}`;
  return [{ message, expected, actual }];
}

/** Of header fields only those that differ. */
function differing(of: Expectation, from: Expectation): Expectation {
  if (!of.headers || !from.headers) return of;
  const others = from.headers;
  const headers = Object.entries(of.headers).filter(([name, value]) => value !== others[name]);
  return { headers: Object.fromEntries(headers) };
}

function gotPhrase(
  field: ExpectationField,
  actual: Expectation,
  { explanation: { endpoints } }: Asked,
): string {
  if (field === 'pod' || field === 'pods') {
    const names = new Set(endpoints.flatMap((each) => (each.pod ? marked(each, each.pod) : [])));
    return names.size === 0 ? 'no Pod' : phrase({ pods: [...names] });
  }
  if (field === 'endpoint') {
    const addresses = endpoints.map((each) => marked(each, endpointAddress(each)));
    return `endpoint${addresses.length === 1 ? '' : 's'} ${enumerate(addresses)}`;
  }
  return phrase(actual) || 'none';
}

/** Nobody knows the names and addresses of Pods that there aren't yet. */
function marked({ standIn }: ExplainedEndpoint, text: string): string {
  return standIn ? `${text} (stand-in)` : text;
}
