import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

function page(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

describe('the links', () => {
  const docs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    // What is generated is for the site, whose own test follows its links.
    .filter((name) => name.endsWith('.md') && !/node_modules|^generated|^\.session/.test(name))
    .map((name) => `docs/${name}`);
  const readmes = ['packages', 'apps'].flatMap((below) =>
    readdirSync(join(root, below)).map((name) => `${below}/${name}/README.md`),
  );
  const pages = ['README.md', 'CONTRIBUTING.md', ...docs, ...readmes].filter((path) =>
    existsSync(join(root, path)),
  );

  /** What headings are called in links. */
  const anchors = (path: string): ReadonlySet<string> =>
    new Set(
      [...page(path).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
        heading
          .toLowerCase()
          .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
          .replaceAll(' ', '-'),
      ),
    );

  it.each(pages)('of %s lead to files and headings that exist', (path) => {
    const links = [...page(path).matchAll(/\]\(([^():\s]+)\)/g)].map(([, link = '']) => link);
    const broken = links.filter((link) => {
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? path : join(dirname(path), file);
      if (!existsSync(join(root, target))) return true;
      return anchor !== undefined && !anchors(target).has(anchor);
    });
    expect(broken).toEqual([]);
  });
});

describe.each([
  ['Tutorials', 'tutorials'],
  ['How to', 'how-to'],
  ['Reference', 'reference'],
  ['Explanation', 'explanation'],
])('docs/README.md, %s', (heading, folder) => {
  it('lists every page once', () => {
    const [, rest = ''] = page('docs/README.md').split(`\n## ${heading}\n`);
    const [section = ''] = rest.split(/^## /m);
    const pages = readdirSync(join(root, 'docs', folder)).filter((name) => name.endsWith('.md'));
    const listed = Array.from(
      section.matchAll(new RegExp(String.raw`^- \[[^\]]+\]\(${folder}/([^)#]+)\)`, 'gm')),
      ([, name = '']) => name,
    );
    expect(pages).not.toEqual([]);
    expect(listed.toSorted(inOrder)).toEqual(pages.toSorted(inOrder));
  });
});

function inOrder(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
