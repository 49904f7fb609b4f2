import type { Condition } from '@portolan/core';

import type { RouteSource } from '../route/route.ts';

/** A rule, or one of its matches, that takes no request. */
export interface DroppedRule {
  readonly source: RouteSource;
  readonly field: string;
  readonly reason: 'Conflicted' | 'UnsupportedValue';
  /** Goes on after `Dropped Rule …`. */
  readonly message: string;
}

/**
 * `PartiallyInvalid` where the object serves with other rules or with its default backend, else it isn't `Accepted`.
 *
 * Source: Gateway API v1, RouteConditionPartiallyInvalid ("Drop Rule(s)"), RouteConditionAccepted; the reason
 * `Conflicted` is that of policies.
 */
export function droppedRuleCondition(
  { source, field, reason, message }: DroppedRule,
  serves: boolean,
): Condition {
  return {
    object: { kind: source.kind, namespace: source.namespace, name: source.name },
    type: serves ? 'PartiallyInvalid' : 'Accepted',
    status: serves ? 'True' : 'False',
    reason,
    message: `Dropped Rule ${field}${message}`,
    field,
  };
}
