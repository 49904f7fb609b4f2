import process from 'node:process';
import { fileURLToPath } from 'node:url';

import { unstable_startWorker as startWorker } from 'wrangler';

/** Runs the Worker on local workerd. Files that change under way do not reload it. */
await startWorker({
  config: fileURLToPath(new URL('wrangler.jsonc', import.meta.url)),
  envFiles: [],
  dev: {
    server: { hostname: '127.0.0.1', port: Number(process.argv[2]) },
    inspector: false,
    logLevel: 'warn',
    persist: false,
    remote: false,
    watch: false,
  },
});
