import type { Service } from '@portolan/core';
import type { Store } from '@portolan/store';
import type * as Clock from 'effect/Clock';
import * as Effect from 'effect/Effect';

import { isStored, type Stored } from '../store/stored-resource.ts';
import type { LoadBalancerProvider } from './provider.ts';
import { withFailure, withoutProvision, withProvision } from './provision-status.ts';
import type { ServiceUpdates } from './service-updates.ts';
import { UNFINISHED, type Unfinished } from './turns.ts';
import type { WhoseService } from './whose-service.ts';

export interface ServiceTurnOptions {
  readonly store: Pick<Store, 'list'>;
  readonly services: ServiceUpdates;
  readonly whose: WhoseService;
  readonly clock: Pick<Clock.Clock, 'currentTimeMillisUnsafe'>;
  readonly warn: (message: string) => void;
  /** Is told of Services that were refused something which may be free now. */
  readonly retake: (keys: readonly string[]) => void;
}

export interface ServiceTurns {
  /** Brings one Service in line: takes back what it is not to have any more, and asks for what it is to have. */
  readonly turn: (key: string) => Effect.Effect<void, Unfinished>;
  /** Whether there may be something to do about a Service. */
  readonly isConcerned: (key: string) => boolean;
}

/** Whom this process has asked last for a Service, and for which. */
interface Asked {
  readonly provider: LoadBalancerProvider;
  readonly service: Stored<'Service'>;
}

export function serviceTurns(options: ServiceTurnOptions): ServiceTurns {
  const { store, services, whose, clock, warn, retake } = options;
  const asked = new Map<string, Asked>();
  const refused = new Map<string, LoadBalancerProvider>();

  /** Asks a provider; where it fails, the Service says so. */
  const call = <Result>(
    key: string,
    { provider, service }: Asked,
    ask: (signal: AbortSignal) => Promise<Result>,
  ): Effect.Effect<Result, Unfinished> =>
    Effect.tryPromise({ try: ask, catch: String }).pipe(
      Effect.catch((message) => {
        warn(`load balancer of ${key}: ${provider.name} tries again: ${message}`);
        const said = services.update(key, (now) =>
          isSame(now, service)
            ? { status: withFailure(now, message, clock.currentTimeMillisUnsafe()) }
            : undefined,
        );
        return Effect.andThen(said, Effect.fail(UNFINISHED));
      }),
    );

  const release = Effect.fnUntraced(function* (key: string, holding: Asked) {
    const { provider, service } = holding;
    yield* call(key, holding, (signal) => provider.release({ service, signal }));
    yield* services.update(key, (now) =>
      isSame(now, service)
        ? { status: withoutProvision(now), finalizers: whose.releasedBy(provider, now) }
        : undefined,
    );
    if (asked.get(key)?.provider === provider) asked.delete(key);
    refused.delete(key);
    retake([...refused].flatMap(([other, by]) => (by === provider ? [other] : [])));
  });

  const ensure = Effect.fnUntraced(function* (key: string, provider: LoadBalancerProvider) {
    const isProvidedFor = (service: Stored<'Service'>): boolean =>
      whose.providerOf(service) === provider;
    yield* services.update(key, (now) =>
      isProvidedFor(now) ? { finalizers: whose.heldBy(provider, now) } : undefined,
    );
    const service = services.at(key);
    if (service === undefined || !isProvidedFor(service)) return;
    asked.set(key, { provider, service });
    const nodes = store.list('nodes').filter((each) => isStored(each, 'Node'));
    const provision = yield* call(key, { provider, service }, (signal) =>
      provider.ensure({ service, nodes, signal }),
    );
    const isNews = yield* services.update(key, (now) =>
      isSame(now, service) && isProvidedFor(now)
        ? { status: withProvision(now, provision, clock.currentTimeMillisUnsafe()) }
        : undefined,
    );
    const { refusal } = provision;
    if (refusal === undefined) {
      refused.delete(key);
      return;
    }
    refused.set(key, provider);
    if (isNews) warn(`load balancer of ${key}: ${refusal.reason}: ${refusal.message}`);
    return yield* Effect.fail(UNFINISHED);
  });

  /** What was given before and is not to be had any more. */
  const leftovers = (key: string, wanted: LoadBalancerProvider | undefined): readonly Asked[] => {
    const service = services.at(key);
    const last = asked.get(key);
    const isOther = last !== undefined && !(service && isSame(service, last.service));
    const holders = new Set([
      ...(service ? whose.holdersOf(service) : []),
      ...(last && !isOther ? [last.provider] : []),
    ]);
    return [
      ...(isOther ? [last] : []),
      ...[...holders].flatMap((provider) =>
        service && provider !== wanted ? [{ provider, service }] : [],
      ),
    ];
  };

  return {
    isConcerned: (key) => {
      const service = services.at(key);
      if (asked.has(key)) return true;
      if (service === undefined) return false;
      return whose.providerOf(service) !== undefined || whose.holdersOf(service).length > 0;
    },
    turn: Effect.fnUntraced(function* (key: string) {
      const service = services.at(key);
      const wanted = service && whose.providerOf(service);
      for (const holding of leftovers(key, wanted)) yield* release(key, holding);
      if (wanted) yield* ensure(key, wanted);
    }),
  };
}

/** Whether it is the same object, and not a later one of that name. */
function isSame({ metadata: { uid } }: Service, { metadata }: Service): boolean {
  return uid === metadata.uid;
}
