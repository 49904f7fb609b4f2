import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { describeSession } from './session/describe-session.ts';
import { blocksOf, filesOf } from './session/session.ts';
import { openShell, type Shell } from './shell/shell.ts';

const page = 'docs/tutorials/services.md';

/** At addresses that are no other test's. */
function moved(text: string): string {
  return text
    .replaceAll('127.0.0.', '127.0.111.')
    .replaceAll(/(?<=--(?:http|internal|dns) )\d+/g, '127.0.111.1:$&');
}

describeSession(page, { moved, required: ['curl'], optional: ['dig'] });

describe(`the drawing of ${page}`, () => {
  /** What the session takes away before it draws. */
  const removed = new Set(['shop/ada.yaml', 'shop/ben.yaml', 'shop/cleo.yaml']);
  let shell: Shell;
  beforeAll(async () => {
    const files = Object.entries(filesOf(blocksOf(page)));
    shell = await openShell(Object.fromEntries(files.filter(([name]) => !removed.has(name))));
  });
  afterAll(() => shell.remove());

  it('shows the Services that are there at the end', async () => {
    const { code, out } = await shell.run('npx portolan graph -f shop/ --format svg');
    expect(code).toBe(0);
    await expect(out).toMatchFileSnapshot('../public/drawings/services.svg');
  });
});
