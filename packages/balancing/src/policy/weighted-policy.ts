import type { Endpoint } from '@portolan/core';

import { candidatesAmong, type Candidates } from '../candidates/candidates.ts';
import type { PickContext, Policy } from './policy.ts';

/** A policy that need not think of weight 0. */
export function weightedPolicy<Name extends Policy['name']>(
  name: Name,
  pickFrom: (candidates: Candidates, context: PickContext) => Endpoint | undefined,
): Policy & { readonly name: Name } {
  return {
    name,
    pick: (endpoints, context) => {
      for (const candidates of candidatesAmong(endpoints)) {
        const picked = pickFrom(candidates, context);
        if (picked !== undefined) return picked;
      }
      return undefined;
    },
  };
}
