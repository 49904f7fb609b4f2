import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';

import * as Effect from 'effect/Effect';
import * as Latch from 'effect/Latch';
import type * as Scope from 'effect/Scope';

import type { Cluster } from '../cluster/cluster.ts';
import { lineOf } from '../content/content.ts';
import { followed } from '../followed/followed.ts';
import { keepLease, type Lease } from '../lease/lease.ts';
import { createMirror } from '../mirror/mirror.ts';
import { createGathering } from '../push/holdoff.ts';
import { push } from '../push/push.ts';
import { TIMING } from '../reflector/timing.ts';
import type { BulkScope, Refusal } from '../target/bulk-write.ts';
import type { Target } from '../target/target.ts';
import { follow } from './following.ts';
import type { SyncOptions } from './options.ts';
import type { FollowedStatus, SyncStatus } from './status.ts';

/** A sync that is yet to be run. */
export interface Run {
  /** Goes on until the scope ends. */
  readonly effect: Effect.Effect<never, never, Cluster | Scope.Scope | Target>;
  readonly status: () => SyncStatus;
  readonly settled: () => Promise<void>;
}

/** Milliseconds after which what could be listed is sent without what could not. */
const PATIENCE = 30_000;

/** Milliseconds after which objects that were refused are sent again. */
const RETRY_REFUSED = 30_000;

/** Milliseconds: see `SyncOptions.resync`. */
const RESYNC = 600_000;

/** Puts together those who follow the cluster, the Lease, and who sends. */
export function createRun(options: SyncOptions): Run {
  const { source, via = 'pods', namespaces = [] } = options;
  const log = (line: string): void => options.log?.(lineOf(line));
  const timing = { ...TIMING, ...options.timing };
  const wake = Latch.makeUnsafe();
  const gathering = createGathering(options.holdoff ?? {});
  const begun = performance.now();
  let lease: Lease | undefined;
  let checkpoint: string | undefined;
  let refused: readonly Refusal[] = [];
  let failure: string | undefined;
  let leaseFailure: string | undefined;
  let isSettled = false;
  let waiting: readonly (() => void)[] = [];

  const mirror = createMirror(() => {
    isSettled = false;
    gathering.note();
    wake.openUnsafe();
  });
  const said = new Map<string, string>();
  /** Says what is new only, so that what goes on failing is said once. */
  const say = (subject: string, line: string): void => {
    if (said.get(subject) === line) return;
    said.set(subject, line);
    log(`${subject}: ${line}`);
  };
  const followings = followed(via, namespaces).map((each) =>
    follow(each, {
      via,
      mirror,
      timing,
      onStatus: (status) => {
        say(
          nameOf(status),
          status.message === undefined ? status.state : `${status.state}: ${status.message}`,
        );
        wake.openUnsafe();
      },
    }),
  );

  const unlisted = (): readonly BulkScope[] | undefined => {
    const missing = followings.filter(({ isListed }) => !isListed());
    const isPatient = performance.now() - begun < PATIENCE;
    const isAwaited = missing.some(({ status }) => status().state !== 'refused');
    if (missing.length === followings.length || (isAwaited && isPatient)) return undefined;
    return missing.map(({ scope }) => scope);
  };

  const effect = Effect.gen(function* () {
    const held = yield* keepLease({
      identity: options.lease?.identity ?? `${hostname()}_${randomUUID()}`,
      seconds: options.lease?.seconds ?? 15,
      onChange: (lookup, fault) => {
        leaseFailure = fault?.message;
        const holder = lookup.isHeld() ? 'this one sends' : `${lookup.holder() ?? 'nobody'} sends`;
        say('lease', fault === undefined ? holder : fault.message);
        wake.openUnsafe();
      },
    });
    lease = held;
    yield* Effect.forkScoped(Effect.andThen(Effect.sleep(PATIENCE), wake.open));
    const pushing = push({
      source,
      mirror,
      wake,
      gathered: gathering.gathered,
      unlisted,
      isHeld: held.isHeld,
      backoff: timing.backoff,
      resync: options.resync ?? RESYNC,
      retryRefused: RETRY_REFUSED,
      onPush: (result, isFull, refusals) => {
        checkpoint = result.checkpoint;
        failure = undefined;
        const before = new Set(refused.map(sentence));
        for (const each of refusals) if (!before.has(sentence(each))) log(sentence(each));
        refused = refusals;
        log(
          `sent ${isFull ? 'everything' : 'changes'}: ${result.written} written, ${result.deleted} deleted, ${result.refused.length} refused`,
        );
      },
      onFault: (fault) => {
        failure = fault.message;
        say('control plane', fault.message);
      },
      onSettled: () => {
        isSettled = true;
        const resolved = waiting;
        waiting = [];
        for (const resolve of resolved) resolve();
      },
    });
    // Where one breaks, which none should, all end.
    return yield* Effect.raceAllFirst([pushing, ...followings.map(({ run }) => run)]);
  });

  return {
    effect,
    status: () => {
      const holder = lease?.holder();
      const fault = failure ?? leaseFailure;
      return {
        source,
        followed: followings.map(({ status }) => status()),
        objects: mirror.size(),
        isHolder: lease?.isHeld() ?? false,
        ...(holder !== undefined && { holder }),
        isSettled: isSettled && (lease?.isHeld() ?? false),
        ...(checkpoint !== undefined && { checkpoint }),
        refused,
        headless: followings.flatMap(({ headless }) => headless()),
        ...(fault !== undefined && { failure: fault }),
      };
    },
    settled: () =>
      isSettled ? Promise.resolve() : new Promise((resolve) => (waiting = [...waiting, resolve])),
  };
}

function sentence({ ref, message }: Refusal): string {
  return `${ref.resource} ${ref.namespace}/${ref.name}: refused: ${message}`;
}

function nameOf({ resource, namespace }: FollowedStatus): string {
  return namespace === undefined ? resource : `${resource} in ${namespace}`;
}
