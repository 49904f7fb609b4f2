import { once } from 'node:events';
import { createServer } from 'node:http';

import { register } from '../../src/index.ts';

/** A Pod that answers with its name, after a few milliseconds. */
const [, , url = '', name = '', drain = ''] = process.argv;

const server = createServer((request, response) => {
  request.resume();
  setTimeout(() => response.end(name), Math.random() * 5);
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
if (address === null || typeof address === 'string') throw new Error('it has no port');

await register({
  url,
  token: 'token-of-the-shop-pods',
  name,
  namespace: 'shop',
  labels: { app: 'web' },
  address: '127.0.0.1',
  ports: [{ name: 'http', containerPort: address.port }],
  leaseDurationSeconds: 3,
  drain: Number(drain),
});
process.stdout.write('registered\n');
