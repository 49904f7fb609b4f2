import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { unstable_startWorker as startWorker } from 'wrangler';

import { buildSite } from './built-site.ts';

/** The site on local workerd, as static assets. */
export interface ServedSite {
  /** With a slash at its end. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Builds and serves it, with the configuration that it is deployed with. @param base as for `buildSite` */
export async function serveSite(base: string = '/'): Promise<ServedSite> {
  const site = await buildSite(base);
  const text = await readFile(join(import.meta.dirname, '../../wrangler.jsonc'), 'utf8');
  const config = join(site.root, 'wrangler.jsonc');
  await writeFile(config, text.replace('"./dist"', JSON.stringify(site.root)));
  const worker = await startWorker({
    config,
    dev: { server: { hostname: '127.0.0.1', port: 0 }, inspector: false, logLevel: 'error' },
  });
  await worker.ready;
  const url = new URL(base, await worker.url);
  return {
    url: url.href,
    close: async () => {
      await worker.dispose();
      await site.remove();
    },
  };
}
