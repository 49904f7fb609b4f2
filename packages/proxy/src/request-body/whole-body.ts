import { readWhole, type FixedLength } from '../message/fixed-length.ts';
import type { RequestBody, RequestBodyFault } from './request-body.ts';

/** A small body on Workers: read before it is sent, and then sent as often as is asked for. */
export function wholeBody(announced: FixedLength): RequestBody {
  let bytes: Uint8Array<ArrayBuffer> | undefined;
  let fault: RequestBodyFault | undefined;
  return {
    arrive: async () => {
      if (bytes !== undefined) return;
      try {
        bytes = await readWhole(announced);
      } catch (error) {
        fault = 'Broken';
        throw error;
      }
    },
    send: () => new Response(bytes).body,
    signal: () => undefined,
    isRepeatable: () => fault === undefined,
    fault: () => fault,
    settle: () => undefined,
    // Rejects where it was read.
    close: () => void announced.stream.cancel().catch(() => undefined),
  };
}
