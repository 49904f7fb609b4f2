/**
 * Tries behaviours on the runtime that runs this, whose name is the first argument, and writes a line of JSON for each: its
 * sentence, and what went wrong if anything did. With a second argument, only those of which it is a part.
 */
import { behavioursOn } from './all.ts';

const [, , runtime = '', only = ''] = process.argv;
for (const [sentence, holds] of Object.entries(behavioursOn(runtime))) {
  if (!sentence.includes(only)) continue;
  let fault: string | undefined;
  try {
    // oxlint-disable-next-line no-await-in-loop -- one at a time, so that none disturbs another
    await holds();
  } catch (error) {
    fault = error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  process.stdout.write(`${JSON.stringify({ sentence, fault })}\n`);
}
