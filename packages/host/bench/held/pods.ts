/** The Pods, in a process of their own: they answer, and keep connections for as long as clients do. */
import { createServer } from 'node:http';
import process from 'node:process';

for (const address of process.argv.slice(2)) {
  const server = createServer((_, response) => response.end('ok'));
  server.keepAliveTimeout = 0;
  server.listen({ host: address, port: 8080, backlog: 4096 });
}
