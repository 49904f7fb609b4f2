import { join } from 'node:path';

import { expect, it } from 'vitest';

import { describeSession } from './session/describe-session.ts';
import { blocksOf, filesOf, ROOT } from './session/session.ts';
import { openShell } from './shell/shell.ts';

const page = 'docs/tutorials/embed.md';

/** At addresses that are no other test's. */
function moved(text: string): string {
  return text.replaceAll('127.0.0.1', '127.0.115.1');
}

describeSession(page, { moved, required: ['curl'] });

it('the drawing is that of the manifests', async () => {
  const shell = await openShell(filesOf(blocksOf(page)));
  try {
    const { out } = await shell.run('npx portolan graph -f shop.yaml --format svg');
    await expect(out).toMatchFileSnapshot(join(ROOT, 'docs/public/drawings/embed.svg'));
  } finally {
    await shell.remove();
  }
});
