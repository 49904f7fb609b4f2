import { describe, expect, it } from 'vitest';

import { readPage } from '../../site/content/page.ts';

const site = {
  base: '/docs/',
  pages: new Map([
    ['docs/how-to/tls.md', 'how-to/tls'],
    ['packages/core/README.md', 'packages/core'],
  ]),
};

function bodyOf(text: string): string {
  return readPage('docs/how-to/live.md', `# Live\n\n${text}\n`, site).body.trim();
}

describe('a page of the repository on the site', () => {
  it('has its first heading as title and its first paragraph as description', () => {
    const text = '# With `code`\n\nWhat it *gives*,\nin two lines.\n\nMore.\n';
    expect(readPage('docs/how-to/live.md', text, site)).toEqual({
      title: 'With code',
      description: 'What it gives, in two lines.',
      body: '\n\nWhat it *gives*,\nin two lines.\n\nMore.\n',
    });
  });

  it('must have a title', () => {
    expect(() => readPage('docs/how-to/live.md', 'No title.\n', site)).toThrow(
      'docs/how-to/live.md: the first line must be a heading: # Title',
    );
  });

  it.each([
    ['[a](tls.md)', '[a](/docs/how-to/tls/)'],
    ['[a](tls.md#renewal)', '[a](/docs/how-to/tls/#renewal)'],
    ['[a](../../packages/core/README.md)', '[a](/docs/packages/core/)'],
    ['[a](../../README.md)', '[a](/docs/)'],
    ['[a](../playground.md)', '[a](/docs/playground/)'],
    ['![a](../public/drawings/way.svg)', '![a](/docs/drawings/way.svg)'],
    ['[a]: tls.md', '[a]: /docs/how-to/tls/'],
  ])('leads to other pages: %s', (written, shown) => {
    expect(bodyOf(written)).toBe(shown);
  });

  it.each([
    ['[a](../../README.md#packages)', 'blob/main/README.md#packages'],
    ['[a](../../oxlint.config.ts)', 'blob/main/oxlint.config.ts'],
    ['[a](../../packages/)', 'tree/main/packages'],
  ])('leads to the repository where the site has no page: %s', (written, target) => {
    expect(bodyOf(written)).toBe(`[a](https://github.com/portolan/portolan/${target})`);
  });

  it.each([
    '[a](#here)',
    '[a](https://kubernetes.io/docs/)',
    '[a](mailto:a@b.example)',
    '`tls.md`',
  ])('leaves the rest as it is: %s', (written) => {
    expect(bodyOf(written)).toBe(written);
  });

  it('shows what a file is called', () => {
    expect(bodyOf('```yaml shop.yaml\na: b\n```')).toBe('```yaml title="shop.yaml"\na: b\n```');
  });
});
