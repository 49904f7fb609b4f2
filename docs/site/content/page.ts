import { posix } from 'node:path';

import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { toString } from 'mdast-util-to-string';
import { gfm } from 'micromark-extension-gfm';
import { visit } from 'unist-util-visit';

import { REPOSITORY } from './repository.ts';

/** A page as the site's renderer wants it. */
export interface Page {
  readonly title: string;
  /** Its first paragraph, for search engines and previews. */
  readonly description?: string;
  /** Without its first heading, and with links that work on the site. */
  readonly body: string;
}

/** Where links may lead. */
export interface Site {
  /** The files that the site shows, by path from the root, each with where it is on the site. */
  readonly pages: ReadonlyMap<string, string>;
  /** What stands before every path of the site, with a slash at its end. */
  readonly base: string;
}

/**
 * Reads a page that is written for readers of the repository, where it is a file among others: it begins with its title as a heading,
 * and links to files.
 *
 * @param path from the root
 * @throws {Error} where the page has no title
 */
export function readPage(path: string, text: string, site: Site): Page {
  const tree = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const [heading] = tree.children;
  if (heading?.type !== 'heading' || heading.depth !== 1) {
    throw new Error(`${path}: the first line must be a heading: # Title`);
  }
  const paragraph = tree.children.find(({ type }) => type === 'paragraph');
  const edits: Edit[] = [{ start: 0, end: offsets(heading).end, text: '' }];
  visit(tree, (node) => {
    if (node.type === 'code' && isFile(node.meta)) edits.push(titled(text, node));
    if (node.type !== 'link' && node.type !== 'definition' && node.type !== 'image') return;
    const url = linkOnSite(path, node.url, site);
    if (url === node.url) return;
    const { start, end } = offsets(node);
    const at = text.slice(start, end).lastIndexOf(node.url);
    edits.push({ start: start + at, end: start + at + node.url.length, text: url });
  });
  return {
    title: toString(heading),
    ...(paragraph && { description: toString(paragraph).replaceAll(/\s+/g, ' ') }),
    body: edited(text, edits),
  };
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function edited(text: string, edits: readonly Edit[]): string {
  let result = text;
  for (const { start, end, text: put } of edits.toSorted((a, b) => b.start - a.start)) {
    result = result.slice(0, start) + put + result.slice(end);
  }
  return result;
}

function offsets({ position }: Nodes): { readonly start: number; readonly end: number } {
  return { start: position?.start.offset ?? 0, end: position?.end.offset ?? 0 };
}

/** What stands behind the language names a file: `yaml shop.yaml`. */
function isFile(meta: string | null | undefined): meta is string {
  return meta !== null && meta !== undefined && /^\S+\.\w+$/.test(meta);
}

function titled(text: string, node: Nodes & { readonly meta?: string | null }): Edit {
  const { start } = offsets(node);
  const end = text.indexOf('\n', start);
  const at = text.slice(start, end).lastIndexOf(node.meta ?? '');
  return { start: start + at, end, text: `title="${node.meta}"` };
}

/** Files that the site serves as they are. */
const PUBLIC = 'docs/public/';

/** What the site's first page stands for, though not for its sections. */
const FRONT = new Set(['README.md', 'docs/README.md']);

/** A link of a file as a link of the site: to the page where there is one, else to the file in the repository. */
function linkOnSite(from: string, url: string, { pages, base }: Site): string {
  if (url === '' || url.startsWith('#') || url.startsWith('/') || /^[a-z][\w+.-]*:/i.test(url)) {
    return url;
  }
  const [path = '', anchor] = url.split('#', 2);
  const target = posix.normalize(posix.join(posix.dirname(from), path));
  const hash = anchor === undefined ? '' : `#${anchor}`;
  const slug = pages.get(target);
  if (slug !== undefined) return `${base}${slug}/${hash}`;
  if (FRONT.has(target) && anchor === undefined) return base;
  if (target === 'docs/playground.md') return `${base}playground/${hash}`;
  if (target.startsWith(PUBLIC)) return `${base}${target.slice(PUBLIC.length)}`;
  const kind = posix.extname(target) === '' ? 'tree' : 'blob';
  return `${REPOSITORY}/${kind}/main/${target.replace(/\/$/, '')}${hash}`;
}
