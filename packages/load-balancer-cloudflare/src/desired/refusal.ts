import type { Provision } from '@portolan/control-plane';

/** Why something can't be had: a reason in CamelCase, and a sentence for people. */
export type Refusal = NonNullable<Provision['refusal']>;

/** Tells a refusal from what would have been there instead of it. */
export function isRefusal(value: object): value is Refusal {
  return 'reason' in value;
}
