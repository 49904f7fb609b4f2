import type { NewObject, ObjectRef, StoredObject } from '../object/stored-object.ts';
import type { Change, Store, Write } from '../store/store.ts';
import { requireEqual, requireThrows } from './require.ts';
import { at, configMap, configMapRef, everythingIn, lease } from './sample-objects.ts';
import type { StoreCheck } from './store-contract.ts';

const SEEDS = [1, 2, 3, 4];
const ROUNDS = 6;

/** Commits at random, against a plain Map that is told the same. */
export function randomChecks(keeps: boolean): readonly StoreCheck[] {
  return SEEDS.map((seed) => ({
    name: `random commits leave what a plain map holds after them (seed ${seed})`,
    check: ({ store, reopen }) => {
      const random = randomNumbers(seed);
      const oracle = new Map<string, StoredObject>();
      const round = async (current: Store, left: number): Promise<void> => {
        commitAtRandom(current, oracle, random);
        if (left === 0) return;
        if (!keeps) return round(current, left - 1);
        const revision = current.revision();
        const again = await reopen();
        requireEqual(again.revision() >= revision, true, 'whether the revision fell');
        requireEqual(byKey(everythingIn(again)), Object.fromEntries(oracle), 'what was kept');
        return round(again, left - 1);
      };
      return round(store, ROUNDS);
    },
  }));
}

function commitAtRandom(
  store: Store,
  oracle: Map<string, StoredObject>,
  random: (below: number) => number,
): void {
  const told = listenTo(store);
  for (let count = random(20); count >= 0; count -= 1) {
    const writes = Array.from({ length: 1 + random(4) }, () => randomWrite(random, store));
    const before = store.revision();
    const expected = applied(oracle, writes, before);
    if (expected === undefined) {
      requireThrows('ConflictError', () => store.commit(writes));
      requireEqual(store.revision(), before, 'the revision after a conflict');
    } else {
      requireEqual(store.commit(writes), expected, 'changes');
      requireEqual(told(), expected, 'what was told');
      requireEqual(store.since(before), expected, 'changes since');
    }
    requireEqual(byKey(everythingIn(store)), Object.fromEntries(oracle), 'the objects');
  }
}

/** What was told since it was last asked. */
function listenTo(store: Store): () => readonly Change[] {
  let told: Change[] = [];
  store.subscribe((changes) => told.push(...changes));
  return () => {
    const all = told;
    told = [];
    return all;
  };
}

function randomWrite(random: (below: number) => number, store: Store): Write {
  const [namespace, name] = [`team-${random(3)}`, `object-${random(4)}`];
  const isLease = random(3) === 0;
  const value = String(random(3));
  const ref = isLease
    ? { resource: 'leases.coordination.k8s.io', namespace, name }
    : configMapRef(namespace, name);
  const known = Number(store.get(ref)?.metadata.resourceVersion ?? store.revision());
  const expected = random(4) === 0 ? { expected: known - random(2) } : {};
  if (random(3) === 0) return { delete: ref, ...expected };
  const object = isLease
    ? lease(namespace, name, `2026-01-01T00:00:0${value}.000000Z`)
    : configMap(namespace, name, { value });
  return random(8) === 0 ? { put: object, expected: 'absent' } : { put: object, ...expected };
}

/** What the writes change, the naive way; `undefined`, and nothing done, where one is not as expected. */
function applied(
  oracle: Map<string, StoredObject>,
  writes: readonly Write[],
  revision: number,
): readonly Change[] | undefined {
  const next = new Map(oracle);
  const changes: Change[] = [];
  for (const write of writes) {
    const ref = 'put' in write ? refOf(write.put) : write.delete;
    const key = keyOf(ref);
    const previous = next.get(key);
    const { expected } = write;
    if (expected === 'absent' && previous) return undefined;
    if (typeof expected === 'number' && previous?.metadata.resourceVersion !== String(expected)) {
      return undefined;
    }
    const own = revision + changes.length + 1;
    if ('put' in write) {
      const object = at(own, write.put);
      if (previous === undefined) {
        changes.push({ type: 'ADDED', ref, object, revision: own });
      } else {
        if (JSON.stringify(at(0, previous)) === JSON.stringify(at(0, object))) continue;
        changes.push({ type: 'MODIFIED', ref, object, previous, revision: own });
      }
      next.set(key, object);
    } else if (previous) {
      changes.push({ type: 'DELETED', ref, object: at(own, previous), previous, revision: own });
      next.delete(key);
    }
  }
  oracle.clear();
  for (const [key, object] of next) oracle.set(key, object);
  return changes;
}

function byKey(objects: readonly StoredObject[]): Readonly<Record<string, StoredObject>> {
  return Object.fromEntries(objects.map((object) => [keyOf(refOf(object)), object]));
}

/** Only the kinds that are written here. */
function refOf({ kind, metadata }: NewObject): ObjectRef {
  const { namespace = '', name } = metadata;
  const resource = kind === 'Lease' ? 'leases.coordination.k8s.io' : 'configmaps';
  return { resource, namespace, name };
}

function keyOf({ resource, namespace, name }: ObjectRef): string {
  return [resource, namespace, name].join(' ');
}

/** Numbers below a limit, the same for the same seed: a linear congruential generator modulo 2³². */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
