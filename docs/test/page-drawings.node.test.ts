import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { ROOT } from './session/session.ts';

const DRAWN_BY_HAND = ['change', 'layers', 'precedence', 'request'];

describe.each(DRAWN_BY_HAND)('docs/public/drawings/%s.svg', (name) => {
  const drawing = readFileSync(join(ROOT, `docs/public/drawings/${name}.svg`), 'utf8');

  it('says what it is to those who don’t see it', () => {
    expect(drawing).toMatch(new RegExp(`role="img" aria-labelledby="${name}-title ${name}-desc"`));
    expect(drawing).toMatch(/<title id="[^"]*">[^<]+<\/title>/);
    expect(drawing).toMatch(/<desc id="[^"]*">[^<]{100,}<\/desc>/);
  });

  it('is there in the light and in the dark, on a ground of its own', () => {
    expect(drawing).toContain('@media (prefers-color-scheme:dark)');
    expect(drawing).toContain('<rect class="ground"');
  });

  it('has no text smaller than 12 pixels', () => {
    const sizes = Array.from(drawing.matchAll(/font-size:(\d+)px/g), ([, size]) => Number(size));
    expect(sizes).not.toEqual([]);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(12);
  });
});

describe('the drawing of the layers', () => {
  const drawing = readFileSync(join(ROOT, 'docs/public/drawings/layers.svg'), 'utf8');
  const page = readFileSync(join(ROOT, 'docs/explanation/architecture.md'), 'utf8');
  const drawn = Array.from(
    drawing.matchAll(/text-anchor="middle">([a-z-]+)<\/text>/g),
    ([, name]) => name,
  );
  const packages = readdirSync(join(ROOT, 'packages')).filter(
    (name) => !isPrivate(`packages/${name}`),
  );

  it('has every package that is published, and every app', () => {
    const apps = readdirSync(join(ROOT, 'apps'));
    expect(new Set(drawn)).toEqual(new Set([...packages, ...apps]));
  });

  it('is told in words with all of them', () => {
    const [alternative = ''] =
      /!\[[^\]]*\]\(\.\.\/public\/drawings\/layers\.svg\)/.exec(page) ?? [];
    expect(packages.filter((name) => !alternative.includes(name))).toEqual([]);
  });
});

function isPrivate(folder: string): boolean {
  return readFileSync(join(ROOT, folder, 'package.json'), 'utf8').includes('"private": true');
}
