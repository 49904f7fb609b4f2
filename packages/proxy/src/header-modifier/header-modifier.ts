import type { ForwardDecision } from '@portolan/engine';

import { isHopByHop } from '../hop-by-hop/hop-by-hop.ts';
import type { HeaderFields } from '../message/message.ts';

type ModifierFilter = ForwardDecision['filters'][number];

/**
 * Carries out the header modifiers of one type, in their order; within one: set, add, remove. Fields that frame the
 * message or belong to the connection are not theirs to change.
 *
 * Source: Gateway API v1, HTTPHeaderFilter.
 */
export function modifyHeaders(
  headers: HeaderFields,
  filters: readonly ModifierFilter[],
  type: ModifierFilter['type'],
): void {
  for (const filter of filters) {
    if (filter.type !== type) continue;
    for (const { name, value } of filter.set ?? []) {
      if (isModifiable(name)) headers.set(name, value);
    }
    for (const { name, value } of filter.add ?? []) {
      if (isModifiable(name)) headers.append(name, value);
    }
    for (const name of filter.remove ?? []) {
      if (isModifiable(name)) headers.delete(name);
    }
  }
}

function isModifiable(name: string): boolean {
  return !isHopByHop(name) && name.toLowerCase() !== 'content-length';
}
