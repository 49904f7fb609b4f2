import * as Effect from 'effect/Effect';
import type * as Scope from 'effect/Scope';

import type { LeaseObject } from '../target/lease-object.ts';
import type { TargetFault } from '../target/target-fault.ts';
import { Target } from '../target/target.ts';

export interface LeaseOptions {
  /** Who holds it: different for everyone who may. */
  readonly identity: string;
  /** Whole seconds, after which one that was not renewed is anybody's. */
  readonly seconds: number;
  /** Is told whenever it is got, kept, lost, or somebody else's. */
  readonly onChange: (lease: Lease, fault?: TargetFault) => void;
}

/** Who may send: one of all that follow the same cluster for the same control plane. */
export interface Lease {
  readonly isHeld: () => boolean;
  /** Who holds it, as far as it is known. */
  readonly holder: () => string | undefined;
}

/** How many times in its duration a Lease is renewed, or looked after. */
const CHECKS = 4;

/** Milliseconds until it is read again after somebody wrote it in between. */
const CONFLICT_PAUSE = 100;

/** Milliseconds that giving it back may take. */
const RELEASE_TIMEOUT = 5000;

/**
 * Takes the Lease, renews it while the scope lasts, and gives it back at its end. Where somebody else has it, it waits until
 * they give it back or don't renew it for its duration. Each write is for the resourceVersion that was read, so that of two
 * who try one succeeds.
 *
 * Source: Kubernetes documentation, Leases. Clocks of others are not trusted: what counts is how long nothing was seen to change.
 */
export const keepLease: (
  options: LeaseOptions,
) => Effect.Effect<Lease, never, Scope.Scope | Target> = Effect.fnUntraced(function* ({
  identity,
  seconds,
  onChange,
}: LeaseOptions) {
  const target = yield* Target;
  /** Until when it is ours, by the clock here. */
  let until = 0;
  let holder: string | undefined;
  /** As it was last seen, and since when. */
  let seen: LeaseObject | undefined;
  let seenSince = 0;

  const isHeld = (): boolean => performance.now() < until;
  const lease: Lease = { isHeld, holder: () => holder };
  const see = (current: LeaseObject | undefined): void => {
    if (current?.metadata.resourceVersion !== seen?.metadata.resourceVersion) {
      seenSince = performance.now();
    }
    seen = current;
    holder = current?.spec.holderIdentity;
  };

  /** @returns how long to wait, in milliseconds. */
  const check = Effect.gen(function* () {
    // What we wrote ourselves needs no reading: if somebody else wrote since, ours will be refused.
    if (holder !== identity || !isHeld()) see(yield* target.lease);
    const { leaseDurationSeconds = seconds } = seen?.spec ?? {};
    const remaining = seenSince + leaseDurationSeconds * 1000 - performance.now();
    if (holder !== undefined && holder !== identity && remaining > 0) {
      until = 0;
      return Math.min(remaining, (seconds * 1000) / CHECKS);
    }
    const begun = performance.now();
    see(yield* target.putLease(taken(seen, identity, seconds)));
    until = begun + seconds * 1000;
    return (seconds * 1000) / CHECKS;
  }).pipe(
    Effect.tap(() => Effect.sync(() => onChange(lease))),
    Effect.catch((fault) =>
      Effect.sync(() => {
        // It was written in between: by somebody else, or by us without our hearing of it.
        const isOther = fault.code === 409;
        if (isOther) until = 0;
        onChange(lease, fault);
        return isOther ? CONFLICT_PAUSE : (seconds * 1000) / CHECKS / 2;
      }),
    ),
  );

  const release = Effect.suspend(() =>
    seen !== undefined && isHeld() ? target.putLease(givenBack(seen)) : Effect.void,
  ).pipe(Effect.timeout(RELEASE_TIMEOUT), Effect.ignore);

  yield* Effect.addFinalizer(() => release);
  yield* Effect.forkScoped(Effect.forever(Effect.flatMap(check, Effect.sleep)));
  return lease;
});

function taken(previous: LeaseObject | undefined, identity: string, seconds: number): LeaseObject {
  const { holderIdentity, acquireTime, leaseTransitions = -1 } = previous?.spec ?? {};
  const now = microTime();
  const isRenewed = holderIdentity === identity;
  return {
    metadata: previous?.metadata ?? {},
    spec: {
      holderIdentity: identity,
      leaseDurationSeconds: seconds,
      acquireTime: isRenewed && acquireTime !== undefined ? acquireTime : now,
      renewTime: now,
      leaseTransitions: isRenewed ? leaseTransitions : leaseTransitions + 1,
    },
  };
}

function givenBack({ metadata, spec: { leaseTransitions = 0 } }: LeaseObject): LeaseObject {
  return {
    metadata,
    spec: { leaseDurationSeconds: 1, renewTime: microTime(), leaseTransitions },
  };
}

/** Kubernetes API reference, MicroTime v1 meta. */
function microTime(): string {
  return new Date().toISOString().replace('Z', '000Z');
}
