import type { Provision } from '@portolan/control-plane';

import type {
  LoadBalancerFields,
  MonitorFields,
  PoolFields,
  RecordFields,
} from '../desired/desired-state.ts';

/** Stands for the id of what the same plan creates. */
export interface CreatedID {
  readonly createdBefore: 'monitor' | 'pool';
}

/** What is sent of each kind of object: fields as the API names them. */
export interface FieldsOf {
  readonly monitor: MonitorFields;
  readonly pool: PoolFields & { readonly monitor: string | CreatedID };
  readonly 'load balancer': LoadBalancerFields & {
    readonly default_pools: readonly (string | CreatedID)[];
    readonly fallback_pool: string | CreatedID;
  };
  readonly 'DNS record': RecordFields;
}

export type Kind = keyof FieldsOf;

/** One call that writes, about one kind of object. */
export type ChangeOf<K extends Kind> =
  | {
      readonly action: 'create';
      readonly kind: K;
      readonly name: string;
      readonly fields: FieldsOf[K];
    }
  | {
      readonly action: 'update';
      readonly kind: K;
      readonly name: string;
      readonly id: string;
      /** Those that differ. */
      readonly fields: Partial<FieldsOf[K]>;
    }
  | { readonly action: 'delete'; readonly kind: K; readonly name: string; readonly id: string };

/** One call that writes. `name` is the description of a monitor, and the name of anything else. */
export type Change = { [K in Kind]: ChangeOf<K> }[Kind];

/** What is to be done for one Service, in order. Plain data. */
export interface Plan {
  /** `namespace/name`. */
  readonly service: string;
  readonly changes: readonly Change[];
  /** What the Service has once all of it is done. */
  readonly provision: Provision;
}
