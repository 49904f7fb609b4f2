import { objectReference } from '@portolan/core';
import type { Condition, Ingress } from '@portolan/core';

/** What is to be said of an Ingress, with the Ingress itself filled in. */
export function conditionOf(ingress: Ingress, said: Omit<Condition, 'object'>): Condition {
  return { object: objectReference(ingress), ...said };
}
