import type { Node, ObjectKey, Service } from '@portolan/core';

import type { ServicesOutline } from '../build/outline.ts';
import { isSameJSON } from '../snapshot/same-json.ts';
import { isReadAlike } from './is-read-alike.ts';

/** What is other in one ServicesOutline than in another. */
export interface OutlineChanges {
  /** The Services with another selector than before; `undefined` for those that are gone. */
  readonly selectors: ReadonlyMap<ObjectKey, Service | undefined>;
  /** The Services of which it is to be found anew who answers. */
  readonly services: readonly ObjectKey[];
}

export function outlineChanges(before: ServicesOutline, after: ServicesOutline): OutlineChanges {
  const gone = [...before.services.keys()].filter((key) => !after.services.has(key));
  const selectors = new Map<ObjectKey, Service | undefined>(gone.map((key) => [key, undefined]));
  const services = [...gone];
  const areNodesSame = isSameList(before.context.nodes, after.context.nodes);
  for (const [key, service] of after.services) {
    const earlier = before.services.get(key);
    if (!isSameJSON(earlier?.spec.selector, service.spec.selector)) selectors.set(key, service);
    if (!areNodesSame || !isSameJSON(earlier, service)) services.push(key);
  }
  return { selectors, services };
}

function isSameList(some: readonly Node[], others: readonly Node[]): boolean {
  return (
    some.length === others.length &&
    some.every((node, index) => {
      const other = others[index];
      return other?.metadata.name === node.metadata.name && isReadAlike(node, other);
    })
  );
}
