import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { ROOT } from './session/session.ts';

const page = readFileSync(join(ROOT, 'docs/explanation/architecture.md'), 'utf8');

describe('the map in docs/explanation/architecture.md', () => {
  const places = page
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .flatMap((row) => Array.from(row.matchAll(/`((?:apps|docs|packages)\/[^`]*)`/g)))
    .flatMap(([, place = '']) => alternatives(place));

  it('leads to places that exist', () => {
    expect(places.length).toBeGreaterThan(50);
    expect(places.filter((place) => !existsSync(join(ROOT, place)))).toEqual([]);
  });

  it('leads to the documentation, to the playground and to the map of the edge worker', () => {
    expect(places).toEqual(
      expect.arrayContaining([
        'docs/site/content/',
        'docs/test/',
        'packages/playground/src/page/',
        'apps/edge-worker/src/map.ts',
      ]),
    );
  });
});

describe('docs/explanation/architecture.md', () => {
  it('says what each package and each app is', () => {
    const blocks = Array.from(page.matchAll(/^```\n([^]*?)^```$/gm), ([, text = '']) => text);
    const words = new Set(blocks.flatMap((text) => text.split('\n').flatMap(named)));
    const all = ['packages', 'apps'].flatMap((folder) =>
      readdirSync(join(ROOT, folder)).map((name) => (folder === 'apps' ? `apps/${name}` : name)),
    );
    expect(all.length).toBeGreaterThan(40);
    expect([...all, 'docs'].filter((name) => !words.has(name))).toEqual([]);
  });
});

/** What a line has before its explanation, which has spaces in it. */
function named(line: string): readonly string[] {
  const cells = line.split(/ {2,}/);
  const names = cells.at(-1)?.includes(' ') === true ? cells.slice(0, -1) : cells;
  return names.flatMap((cell) => cell.split(' '));
}

/** `a/{b,c}/` is `a/b/` and `a/c/`. */
function alternatives(place: string): readonly string[] {
  const [, before = '', list, after = ''] = /^(.*)\{(.*)\}(.*)$/.exec(place) ?? [];
  return list === undefined ? [place] : list.split(',').map((each) => before + each + after);
}
