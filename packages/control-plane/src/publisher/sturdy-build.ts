import type { Condition, Resource } from '@portolan/core';
import type { Engine, LiveBuild, ResourceChange, Snapshot } from '@portolan/engine';

export interface SturdyBuildOptions {
  readonly engine: Pick<Engine, 'live'>;
  /** All objects as they are now. */
  readonly resources: () => readonly Resource[];
  readonly warn: (message: string) => void;
}

/** A live build that outlives what plugins throw. */
export interface SturdyBuild {
  readonly snapshot: () => Snapshot;
  /** What is to be said of the objects. */
  readonly conditions: () => readonly Condition[];
  /** Makes the changes; where a plugin throws, all is built anew without the objects that it throws for. */
  readonly apply: (changes: readonly ResourceChange[]) => Snapshot;
}

export function createSturdyBuild({ engine, resources, warn }: SturdyBuildOptions): SturdyBuild {
  const attempt = (given: readonly Resource[]): LiveBuild | undefined => {
    try {
      return engine.live(given);
    } catch {
      return undefined;
    }
  };
  /** Those of the candidates with which a build succeeds, together with the good ones: found by halving. */
  const bearable = (
    good: readonly Resource[],
    candidates: readonly Resource[],
  ): readonly Resource[] => {
    if (attempt([...good, ...candidates]) !== undefined) return candidates;
    if (candidates.length <= 1) {
      for (const each of candidates) warn(`${nameOf(each)} is left out: a plugin throws for it`);
      return [];
    }
    const half = candidates.length >> 1;
    const first = bearable(good, candidates.slice(0, half));
    return [...first, ...bearable([...good, ...first], candidates.slice(half))];
  };
  const begin = (): LiveBuild => {
    const given = resources();
    return attempt(given) ?? engine.live(bearable([], given));
  };

  let live = begin();
  return {
    snapshot: () => live.snapshot(),
    conditions: () => live.build().conditions,
    apply: (changes) => {
      try {
        return live.apply(changes);
      } catch {
        live = begin();
        return live.snapshot();
      }
    },
  };
}

function nameOf({ kind, metadata }: Resource): string {
  return `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;
}
