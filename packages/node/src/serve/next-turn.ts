let next: Promise<void> | undefined;

/**
 * Resolves once what has come in by now on all connections has been read. What many requests wait for is done for all of them
 * then, and what they write is written at a stretch, which costs far less than as many writes with other work between: whoever
 * reads it is woken once.
 */
export function nextTurn(): Promise<void> {
  return (next ??= new Promise((resolve) => {
    setImmediate(() => {
      next = undefined;
      resolve();
    });
  }));
}
