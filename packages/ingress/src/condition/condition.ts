import type { Condition, Ingress } from '@portolan/core';

/** What is to be said of an Ingress, with the Ingress itself filled in. */
export function conditionOf(ingress: Ingress, said: Omit<Condition, 'object'>): Condition {
  const { name, namespace = 'default' } = ingress.metadata;
  return { object: { kind: 'Ingress', namespace, name }, ...said };
}
