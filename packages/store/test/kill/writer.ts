import { writeSync } from 'node:fs';
import process from 'node:process';

import { openStoreOf } from './stores.ts';
import { writesOf } from './writes.ts';

/** Commits without end, and says of each commit what it was once it is kept. Meant to be killed. */
const [kind = '', place = '', first = '0'] = process.argv.slice(2);
const store = await openStoreOf(kind, place);
for (let count = Number(first); ; count += 1) {
  store.commit(writesOf(count));
  writeSync(1, `${count} ${store.revision()}\n`);
  // Now and then the files are looked at, as they are beside a server's requests.
  if (count % 16 === 0) await new Promise(setImmediate);
}
