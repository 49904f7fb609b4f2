import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Loader } from 'astro/loaders';

import { readPage } from './page.ts';
import { pagesOf, ROOT } from './pages.ts';

/** The site's pages: Markdown files where they are in the repository, written to be read there as well. */
export function pages(): Loader {
  return {
    name: 'pages',
    load: async ({ store, config, parseData, renderMarkdown, generateDigest }) => {
      const base = config.base.endsWith('/') ? config.base : `${config.base}/`;
      const site = { pages: pagesOf(), base };
      store.clear();
      for (const [path, id] of site.pages) {
        const { body, ...data } = readPage(path, await readFile(join(ROOT, path), 'utf8'), site);
        const filePath = `../${path}`;
        store.set({
          id,
          filePath,
          body,
          data: await parseData({ id, data, filePath }),
          digest: generateDigest(body),
          rendered: await renderMarkdown(body),
        });
      }
    },
  };
}
