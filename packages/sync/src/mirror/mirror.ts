import { createHash } from 'node:crypto';

import { resourceTypeOf, type NewObject, type ObjectRef } from '@portolan/store';

/** What is to be sent of one object. */
export interface Line {
  readonly ref: ObjectRef;
  /** A line of a bulk write, without its newline. */
  readonly text: string;
}

/** What is to be sent so that a target holds everything. */
interface Delta {
  /** Of everything, once this is taken. */
  readonly digest: string;
  readonly lines: readonly Line[];
}

interface Entry extends Line {
  readonly hash: bigint;
}

/**
 * The objects that the target is to hold, as lines to send, and which of them the target has not yet been seen to hold.
 *
 * The digest is one of all objects, whatever the order in which they came: two that follow the same cluster and have seen the
 * same have the same one, and one that began anew knows from that of the target whether anything changed.
 */
export interface Mirror {
  /** What came of one object of the cluster, in place of what came of it before; nothing once it is gone. */
  readonly set: (origin: string, objects: readonly NewObject[]) => void;
  readonly digest: () => string;
  readonly size: () => number;
  /** Everything. */
  readonly all: () => Delta;
  /** What changed since the marks were last taken, and marks put back; they are taken by it. */
  readonly takeChanges: () => Delta;
  /** Objects that are to be sent with the next changes. */
  readonly mark: (refs: Iterable<ObjectRef>) => void;
  /** Forgets all marks: the target holds everything, or is to be sent everything. */
  readonly clearMarks: () => void;
  readonly hasMarks: () => boolean;
}

/** A digest is the sum of 256-bit hashes, modulo this. */
const MODULUS = 1n << 256n;

/** @param onChange is told of each change of what the target is to hold. */
export function createMirror(onChange: () => void): Mirror {
  const entries = new Map<string, Entry>();
  /** Which entries came of which object. */
  const origins = new Map<string, readonly string[]>();
  let marks = new Map<string, ObjectRef>();
  let sum = 0n;

  const put = (object: NewObject): string => {
    const text = JSON.stringify({ put: object });
    const ref = refOf(object);
    const key = keyOf(ref);
    const previous = entries.get(key);
    if (previous?.text === text) return key;
    const hash = hashOf(text);
    sum += hash - (previous?.hash ?? 0n);
    entries.set(key, { ref, text, hash });
    marks.set(key, ref);
    return key;
  };
  const remove = (key: string): void => {
    const entry = entries.get(key);
    if (entry === undefined) return;
    sum -= entry.hash;
    entries.delete(key);
    marks.set(key, entry.ref);
  };
  const digest = (): string => (((sum % MODULUS) + MODULUS) % MODULUS).toString(16);

  return {
    set: (origin, objects) => {
      const before = sum;
      const keys = objects.map(put);
      for (const key of origins.get(origin) ?? []) if (!keys.includes(key)) remove(key);
      if (keys.length === 0) origins.delete(origin);
      else origins.set(origin, keys);
      if (sum !== before) onChange();
    },
    digest,
    size: () => entries.size,
    all: () => ({ digest: digest(), lines: [...entries.values()] }),
    takeChanges: () => {
      const taken = marks;
      marks = new Map();
      return {
        digest: digest(),
        lines: [...taken].map(
          ([key, ref]) => entries.get(key) ?? { ref, text: JSON.stringify({ delete: ref }) },
        ),
      };
    },
    mark: (refs) => {
      for (const ref of refs) marks.set(keyOf(ref), ref);
    },
    clearMarks: () => marks.clear(),
    hasMarks: () => marks.size > 0,
  };
}

function hashOf(text: string): bigint {
  return BigInt(`0x${createHash('sha256').update(text).digest('hex')}`);
}

function refOf(object: NewObject): ObjectRef {
  const { namespace = '', name } = object.metadata;
  return { resource: resourceTypeOf(object)?.id ?? object.kind, namespace, name };
}

function keyOf({ resource, namespace, name }: ObjectRef): string {
  return `${resource}/${namespace}/${name}`;
}
