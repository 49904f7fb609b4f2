/**
 * Runs work again and again, never twice at a time: whoever asks while it runs shares the next run with all others who do.
 *
 * @returns Asks for it. Resolves when it has been done from its beginning, and rejects as it does.
 */
export function turns(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const run = async (): Promise<void> => {
    await running?.catch(() => undefined);
    next = undefined;
    running = work();
    await running;
  };
  return () => (next ??= run());
}
