import { whenAborted } from '../abort/abort-source.ts';
import { readWhole, SMALL, type FixedLength } from '../message/fixed-length.ts';
import type { ByteStream, WholeBody } from '../message/message.ts';
import type { ResponseBodyOptions } from './response-body.ts';

/**
 * The body of an announced length on Workers, watched by its end alone: what goes through JavaScript chunk by chunk costs a Worker more
 * than all else that it does. A small one is read whole, a larger one is piped by the runtime, as fast as the client reads.
 *
 * Where the endpoint breaks off, the client's stream errors.
 */
export async function announcedBody(
  announced: FixedLength,
  { signal, onEnd }: Pick<ResponseBodyOptions, 'onEnd' | 'signal'>,
): Promise<ByteStream | WholeBody> {
  const { stream, length, through } = announced;
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
    const bytes = await readWhole(announced);
    end('complete', length);
    return bytes;
  } catch (error) {
    end('broken');
    return new ReadableStream({ start: (controller) => controller.error(error) });
  }
}
