import type { ObjectRef, StoredObject, Write } from '@portolan/store';

import { deletion } from '../controllers/garbage/deletion.ts';
import { timestamp } from '../store/new-identity.ts';
import type { Step, Term } from './next-step.ts';
import { LEASE_EXPIRED, withReadyCondition } from './ready-condition.ts';

/** What is written to the Pod when a step is due. */
export function stepWrites(
  type: Step['type'],
  pod: StoredObject,
  lease: ObjectRef,
  { renewed, duration }: Term,
  now: number,
): readonly Write[] {
  switch (type) {
    case 'expire': {
      const message = `Lease ${lease.name} was last renewed at ${timestamp(renewed)}, for ${duration / 1000} s`;
      const expired = { status: 'False', reason: LEASE_EXPIRED, message } as const;
      return [{ put: withReadyCondition(pod, expired, now) }];
    }
    case 'restore': {
      const message = `Lease ${lease.name} was renewed at ${timestamp(renewed)}`;
      const restored = { status: 'True', reason: 'LeaseRenewed', message } as const;
      return [{ put: withReadyCondition(pod, restored, now) }];
    }
    case 'remove':
      return deletion(pod, now);
  }
}
