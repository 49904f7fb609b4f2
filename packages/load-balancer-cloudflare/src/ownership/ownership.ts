import { hash, objectReference } from '@portolan/core';
import type { Service } from '@portolan/core';

/** Characters that a comment of a DNS record may have in every plan of Cloudflare's. */
const LONGEST_MARK = 100;
/** Characters; Cloudflare states no limit for the name of a pool. */
const LONGEST_POOL_NAME = 63;

/**
 * `portolan/<owner>/<namespace>/<name>`: what everything of ours for a Service bears as its description or comment. One that
 * would be longer than a comment may be ends in a hash.
 */
export function markOf(owner: string, service: Service): string {
  const { namespace, name } = objectReference(service);
  return shortened(`portolan/${owner}/${namespace}/${name}`, LONGEST_MARK);
}

/** The description of what belongs to one port of a Service. */
export function portMark(mark: string, port: number): string {
  return `${mark}/${port}`;
}

/** Whether a description or comment says that something is ours for the Service of this mark. */
export function bearsMark(description: string | undefined, mark: string): boolean {
  // None of the parts of a mark has a slash in it.
  return description === mark || (description?.startsWith(`${mark}/`) ?? false);
}

/** A name that the API takes for a pool (letters, digits, `-` and `_`), and that no other pool of ours has. */
export function poolName(owner: string, service: Service, port: number): string {
  const { namespace, name } = objectReference(service);
  return shortened(`portolan_${owner}_${namespace}_${name}_${port}`, LONGEST_POOL_NAME);
}

/** Only what was shortened is as long as that, so that nothing else can be called the same. */
function shortened(text: string, longest: number): string {
  if (text.length < longest) return text;
  const digest = [0, 1].map((seed) => hash(text, seed).toString(16).padStart(8, '0')).join('');
  return `${text.slice(0, longest - digest.length - 1)}-${digest}`;
}
