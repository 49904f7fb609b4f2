import { whenAborted } from '../abort/abort-source.ts';
import type { ByteStream } from '../message/message.ts';
import type { FixedLength } from '../request-body/of-length.ts';
import type { ResponseBodyOptions } from './response-body.ts';

/** Answers of up to so many bytes are read before they are handed on, as nginx does by default with 32 KiB: `proxy_buffers`. */
const SMALL = 16_384;

/**
 * The body of an announced length on Workers, watched by its end alone: what goes through JavaScript chunk by chunk costs a Worker more
 * than all else that it does. A small one is read whole, a larger one is piped by the runtime, as fast as the client reads.
 *
 * Where the endpoint breaks off, the client's stream errors.
 */
export async function announcedBody(
  { stream, length, through }: FixedLength,
  { signal, onEnd }: Pick<ResponseBodyOptions, 'onEnd' | 'signal'>,
): Promise<ByteStream> {
  let hasEnded = false;
  const end: ResponseBodyOptions['onEnd'] = (how, bytes) => {
    if (hasEnded) return;
    hasEnded = true;
    onEnd(how, bytes);
  };
  // Once the client has left, nothing else may be told.
  if (signal) whenAborted(signal, () => end('aborted'));
  if (length > SMALL) {
    const { readable, writable } = through();
    stream.pipeTo(writable, { preventCancel: true }).then(
      () => end('complete', length),
      // What can still be cancelled has not failed: then it was the client who wants no more.
      async () =>
        stream.cancel().then(
          () => end('aborted'),
          () => end('broken'),
        ),
    );
    return readable;
  }
  try {
    const bytes = await new Response(stream).arrayBuffer();
    end('complete', bytes.byteLength);
    return new Response(bytes).body ?? stream;
  } catch (error) {
    end('broken');
    return new ReadableStream({ start: (controller) => controller.error(error) });
  }
}
