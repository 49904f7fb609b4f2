import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';

import { unstable_startWorker as startWorker } from 'wrangler';

/** The edge worker as it runs on local workerd. */
export interface LocalWorker {
  readonly url: URL;
  /** Where endpoints in truth listen: `address:port` → `address:port`. */
  readonly setOverrides: (overrides: Readonly<Record<string, string>>) => Promise<void>;
  readonly close: () => Promise<void>;
}

/**
 * Bundles the Worker with a Snapshot and starts it. The Worker reloads when the file changes.
 *
 * @throws where the port is taken or the bundle fails.
 */
export async function startLocalWorker(options: {
  readonly snapshotFile: string;
  readonly port: number;
  readonly overrides: Readonly<Record<string, string>>;
  /** What the admin side is opened with. */
  readonly adminToken: string;
}): Promise<LocalWorker> {
  // Nothing is to be asked or told of a network that may not be there.
  process.env['CLOUDFLARE_CF_FETCH_ENABLED'] ??= 'false';
  process.env['WRANGLER_SEND_METRICS'] ??= 'false';
  const secrets = {
    ADMIN_TOKEN: { type: 'secret_text' as const, value: options.adminToken },
    // Affinity cookies are to outlive a reload, not the process.
    SESSION_SECRET: { type: 'secret_text' as const, value: randomUUID() },
  };
  const bindings = (overrides: Readonly<Record<string, string>>) => ({
    ...secrets,
    DIALERS: {
      type: 'json' as const,
      value: [{ dialer: 'url', ipLiterals: true, overrides }],
    },
  });
  const worker = await startWorker({
    config: fileURLToPath(new URL('../wrangler.jsonc', import.meta.url)),
    envFiles: [],
    build: { alias: { '#snapshot': options.snapshotFile }, custom: { command: '' } },
    bindings: bindings(options.overrides),
    dev: {
      server: { hostname: '127.0.0.1', port: options.port },
      inspector: false,
      logLevel: 'warn',
      persist: false,
      remote: false,
      watch: true,
    },
  });
  await worker.ready;
  return {
    url: await worker.url,
    setOverrides: async (overrides) => {
      await worker.patchConfig({ bindings: bindings(overrides) });
    },
    close: () => worker.dispose(),
  };
}
