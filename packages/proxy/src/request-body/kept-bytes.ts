/** The beginning of a body, as long as it is small enough. */
export interface KeptBytes {
  readonly add: (chunk: Uint8Array) => void;
  /** Whether everything that was added is still there. */
  readonly isWhole: () => boolean;
  /** A copy of them all. */
  readonly copy: () => Uint8Array;
}

/**
 * Keeps what it is given while that is no more than `most` bytes, and nothing once it is more.
 *
 * Chunks are copied: one that the endpoint's side has got may be detached there, and thousands of tiny ones would take
 * many times their own size.
 */
export function keptBytes(most: number): KeptBytes {
  let bytes = NONE;
  let length = 0;
  let isWhole = true;
  return {
    add: (chunk) => {
      const needed = length + chunk.byteLength;
      isWhole &&= needed <= most;
      if (!isWhole) {
        bytes = NONE;
        length = 0;
        return;
      }
      if (needed > bytes.byteLength) {
        const larger = new Uint8Array(Math.min(most, Math.max(needed, 2 * bytes.byteLength)));
        larger.set(bytes);
        bytes = larger;
      }
      bytes.set(chunk, length);
      length = needed;
    },
    isWhole: () => isWhole,
    copy: () => (length === 0 ? NONE : bytes.slice(0, length)),
  };
}

const NONE = new Uint8Array(0);
