import type { Socket } from 'node:net';

/** Milliseconds of silence after which the other side is asked whether it is still there. */
const KEEP_ALIVE = 30_000;
/** Milliseconds that one side may go on after the other has ended. A WebSocket is not half-closed for long: RFC 6455 section 7.1.1. */
const LINGER = 30_000;

/**
 * Makes what comes out of each connection go into the other, no faster than it is taken. An end is passed on as an end, so
 * that the other direction may go on; a connection that breaks takes the other with it.
 *
 * @param linger Milliseconds after which both are destroyed if only one of them has ended.
 * @returns when both are closed.
 */
export async function tie(one: Socket, other: Socket, linger: number = LINGER): Promise<void> {
  let late: NodeJS.Timeout | undefined;
  const end = (): void => {
    late ??= setTimeout(() => {
      one.destroy();
      other.destroy();
    }, linger).unref();
  };
  one.once('end', end);
  other.once('end', end);
  await Promise.all([lead(one, other), lead(other, one)]);
  clearTimeout(late);
}

function lead(from: Socket, to: Socket): Promise<void> {
  return new Promise((resolve) => {
    from.setKeepAlive(true, KEEP_ALIVE);
    from.pipe(to);
    // Said again by `close`.
    from.on('error', () => undefined);
    from.once('close', (broke) => {
      // What came before an end still gets there.
      if (broke || !from.readableEnded) to.destroy();
      else to.destroySoon();
      resolve();
    });
    if (from.destroyed) to.destroy();
  });
}
