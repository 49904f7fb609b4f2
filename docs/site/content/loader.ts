import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Loader } from 'astro/loaders';

import { readPage } from './page.ts';
import { pagesOf, ROOT } from './pages.ts';

/** The site's pages: Markdown files where they are in the repository, written to be read there as well. */
export function pages(): Loader {
  return {
    name: 'pages',
    load: async (context) => {
      const base = context.config.base.replace(/\/?$/, '/');
      const site = { pages: pagesOf(), base };
      const entries = await Promise.all(
        [...site.pages].map(async ([path, id]) => {
          const { body, ...data } = readPage(path, await readFile(join(ROOT, path), 'utf8'), site);
          const filePath = `../${path}`;
          return {
            id,
            filePath,
            body,
            data: await context.parseData({ id, data, filePath }),
            digest: context.generateDigest(body),
            rendered: await context.renderMarkdown(body),
          };
        }),
      );
      context.store.clear();
      for (const entry of entries) context.store.set(entry);
    },
  };
}
