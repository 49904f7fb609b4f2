import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { LinkChecker, LinkState } from 'linkinator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { entryPoints } from '../../site/api/entry-points.ts';
import { buildSite, type BuiltSite } from './built-site.ts';

describe.each(['/', '/some/where/'])('the site, served at %s', (base) => {
  let site: BuiltSite;
  let files: readonly string[];

  beforeAll(async () => {
    site = await buildSite(base);
    files = await readdir(site.folder, { recursive: true });
  });
  afterAll(() => site.remove());

  it('has no dead link, and none to a heading that is not there', async () => {
    const { links } = await new LinkChecker().check({
      path: base,
      serverRoot: site.root,
      recurse: true,
      checkFragments: true,
      linksToSkip: async (link) => !/^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])[:/]/.test(link),
    });
    const broken = links.filter(({ state }) => state === LinkState.BROKEN);
    expect(broken.map(({ url, parent, status }) => ({ url, parent, status }))).toEqual([]);
    expect(links.length).toBeGreaterThan(files.filter((file) => file.endsWith('.html')).length);
  });

  it('has a page for each module that is published', () => {
    const pages = entryPoints().map(({ path }) => `api/${path}/index.html`);
    expect(files).toEqual(expect.arrayContaining(pages));
  });

  it('loads nothing from elsewhere', async () => {
    const pages = files.filter((file) => file.endsWith('.html'));
    const loaded = await Promise.all(
      pages.map(async (page) => {
        const html = await readFile(join(site.folder, page), 'utf8');
        return [
          ...html.matchAll(/<(?:script|img|iframe|source|video)\b[^>]*\bsrc="(https?:[^"]*)"/g),
        ];
      }),
    );
    expect(loaded.flat().map(([, url]) => url)).toEqual([]);
  });
});
