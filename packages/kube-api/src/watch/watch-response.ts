import type { Form } from '../negotiation/negotiation.ts';
import type { WatchLine, WatchSource } from './watch.ts';

/** UTF-16 code units that are sent at once, where there is as much to tell; a line more at most. */
const CHUNK = 65_536;

/**
 * A watch as a response: a JSON value a line, until the source or the client ends it.
 *
 * @param encode What becomes of each line's object.
 */
export function watchResponse(
  source: WatchSource,
  signal: AbortSignal,
  form: Form,
  encode: (line: WatchLine) => WatchLine,
): Response {
  const encoder = new TextEncoder();
  const close = (): void => {
    signal.removeEventListener('abort', close);
    source.end();
  };
  signal.addEventListener('abort', close);
  if (signal.aborted) close();
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      let text = '';
      while (text.length < CHUNK) {
        const line = source.take();
        if (line !== undefined) {
          text += `${JSON.stringify(encode(line))}\n`;
        } else if (text !== '' || source.isOver()) {
          break;
        } else {
          // oxlint-disable-next-line no-await-in-loop -- until there is something to tell
          await source.wait();
        }
      }
      if (text !== '') controller.enqueue(encoder.encode(text));
      if (!source.isOver()) return;
      close();
      controller.close();
    },
    cancel: close,
  });
  return new Response(body, {
    headers: {
      'cache-control': 'no-cache, private',
      // Where it is left open, workerd compresses, and holds lines back for it.
      'content-encoding': 'identity',
      'content-type': form.mediaType,
    },
  });
}
