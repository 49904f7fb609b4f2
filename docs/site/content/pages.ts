import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The folder that everything is found from. */
export const ROOT: string = join(import.meta.dirname, '../../..');

/** The kinds of pages, by what a reader comes for: https://diataxis.fr */
const SECTIONS = ['tutorials', 'how-to', 'reference', 'explanation'];

/** The Markdown files that the site shows, by path from the root, each with where it is on the site. */
export function pagesOf(root: string = ROOT): ReadonlyMap<string, string> {
  const pages = SECTIONS.flatMap((section) =>
    namesIn(join(root, 'docs', section))
      .filter((name) => name.endsWith('.md'))
      .map((name) => [`docs/${section}/${name}`, `${section}/${name.slice(0, -'.md'.length)}`]),
  );
  const readmes = ['packages', 'apps'].flatMap((folder) =>
    namesIn(join(root, folder))
      .filter((name) => namesIn(join(root, folder, name)).includes('README.md'))
      .map((name) => [`${folder}/${name}/README.md`, `${folder}/${name}`]),
  );
  const api = namesIn(join(root, 'docs/generated/api'), true)
    .filter((name) => name.endsWith('.md'))
    .map((name) => [`docs/generated/api/${name}`, `api/${name.slice(0, -'.md'.length)}`]);
  return new Map([...pages, ...readmes, ...api].map(([file = '', slug = '']) => [file, slug]));
}

function namesIn(folder: string, recursive: boolean = false): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive, encoding: 'utf8' }).toSorted();
}
