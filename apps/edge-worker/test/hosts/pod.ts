/** A Pod's process, which a test may kill: it answers with its name, which is an argument. */
import { createServer } from 'node:http';

import { listen } from '../running.ts';

const [, , name = ''] = process.argv;
// Some requests take a while, so that a Pod that is killed leaves some unanswered.
const server = createServer((_, response) => {
  setTimeout(() => response.end(name), Math.random() * 5);
});
process.stdout.write(`${await listen(server)}\n`);
