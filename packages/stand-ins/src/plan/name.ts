import { canonicalJSON, hash } from '@portolan/core';
import type { ObjectKey, PodTemplate } from '@portolan/core';

/** Kubernetes' alphabet for made-up names: no vowels, nothing that looks like something else. */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

const SUFFIX_LENGTH = 5;
/** What is left of the 63 characters of a DNS label. Source: apiserver, `names.MaxGeneratedNameLength`. */
export const MAX_PREFIX_LENGTH: number = 63 - SUFFIX_LENGTH;

/**
 * The value of the label `pod-template-hash`, in the characters that Kubernetes writes it in (apimachinery,
 * `rand.SafeEncodeString`). Equal templates have equal hashes; they aren't those of a real Deployment, which depend on how
 * Go prints its structures.
 */
export function templateHash(template: PodTemplate): string {
  const digits = String(hash(canonicalJSON(template)));
  return Array.from(digits, (digit) => letter(digit.charCodeAt(0))).join('');
}

/**
 * `prefix` and five characters, as the API server makes a name from `metadata.generateName`; the five follow from
 * `seed` instead of chance. The next are tried where the name is among `taken`; the one chosen is added to it.
 */
export function generateName(
  namespace: string,
  prefix: string,
  seed: string,
  taken: Set<ObjectKey>,
): string {
  for (let attempt = 0; ; attempt += 1) {
    const name = prefix.slice(0, MAX_PREFIX_LENGTH) + suffix(hash(`${seed}#${attempt}`));
    const key: ObjectKey = `${namespace}/${name}`;
    if (taken.has(key)) continue;
    taken.add(key);
    return name;
  }
}

function suffix(number: number): string {
  let rest = number;
  let result = '';
  while (result.length < SUFFIX_LENGTH) {
    result += letter(rest % ALPHABET.length);
    rest = Math.floor(rest / ALPHABET.length);
  }
  return result;
}

function letter(index: number): string {
  return ALPHABET.charAt(index % ALPHABET.length);
}
