import { serveDNS } from '../src/index.ts';
import { cluster } from './cluster.ts';

/** Serves on whichever runtime it is started by, says where, and stops when its input ends. */
const snapshot = cluster();
const server = await serveDNS({ snapshot: () => snapshot, idleTimeout: 60_000 });
process.stdout.write(`port ${server.port}\n`);
process.stdin.on('end', () => void server.close().then(() => process.stdout.write('closed\n')));
process.stdin.resume();
