import process from 'node:process';
import { fileURLToPath } from 'node:url';

import { unstable_startWorker as startWorker } from 'wrangler';

/** Runs the Worker on local workerd, with what its Durable Objects keep in a folder. */
const [port, folder] = process.argv.slice(2);
await startWorker({
  config: fileURLToPath(new URL('wrangler.jsonc', import.meta.url)),
  envFiles: [],
  dev: {
    server: { hostname: '127.0.0.1', port: Number(port) },
    inspector: false,
    logLevel: 'warn',
    persist: folder ?? false,
    remote: false,
    watch: false,
  },
});
