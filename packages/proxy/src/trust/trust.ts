import { cidrContains, parseCIDR, type IP } from '@portolan/core';

/**
 * The proxies in front of us whose word on a request counts; by default nobody's does.
 *
 * Addresses are counted from our side: the first is our peer's, who is at the other end of the connection; the next is the
 * one that our peer was called from, as it says itself, and so on. The first that is not trusted is the client's. Where both
 * fields are given, an address is trusted that meets either.
 *
 * On Workers our peer is whoever called Cloudflare; Cloudflare itself is not counted.
 *
 * What a trusted proxy lets through of its own client's counts as its word. It has to append to `X-Forwarded-For` or
 * `Forwarded` and remove the other, and to replace or remove `X-Forwarded-Proto`, `-Host`, `-Port`, `X-Request-Id`,
 * `traceparent` and `tracestate`. Where one of several appends to `X-Forwarded-Proto`, `-Host` or `-Port`, all have to.
 */
export interface Trust {
  /**
   * So many addresses nearest to us are proxies of ours, our peer included, whatever they are. Only safe where nobody can
   * come to us but through them.
   */
  readonly hops?: number;
  /** Addresses in these blocks are proxies of ours: `10.0.0.0/8`, `2001:db8::/32`. */
  readonly cidrs?: readonly string[];
}

/**
 * Whether the word of an address counts.
 *
 * @param address `undefined` where it is not known.
 * @param distance 0 for our peer, 1 for who called it, and so on.
 */
export type IsTrusted = (address: IP | undefined, distance: number) => boolean;

/**
 * Reads whom we trust.
 *
 * @returns `undefined` where that is nobody
 * @throws RangeError where `hops` is no whole number from 0 on, or one of `cidrs` no block of addresses
 */
export function isTrustedBy({ hops = 0, cidrs = [] }: Trust): IsTrusted | undefined {
  if (!Number.isSafeInteger(hops) || hops < 0) {
    throw new RangeError(`trust.hops must be a whole number from 0 on, not ${hops}`);
  }
  const blocks = cidrs.map((text) => {
    const block = parseCIDR(text);
    if (block === undefined) {
      throw new RangeError(`trust.cidrs must be blocks such as 10.0.0.0/8, not ${text}`);
    }
    return block;
  });
  if (hops === 0 && blocks.length === 0) return undefined;
  return (address, distance) =>
    distance < hops ||
    (address !== undefined && blocks.some((block) => cidrContains(block, address)));
}
