import { join } from 'node:path';

import { expect, it } from 'vitest';

import { describeSession } from './session/describe-session.ts';
import { blocksOf, filesOf, ROOT } from './session/session.ts';
import { openShell } from './shell/shell.ts';

const page = 'docs/tutorials/service-type.md';

/** At addresses that are no other test's. */
function moved(text: string): string {
  return text.replaceAll('127.0.0.1', '127.0.116.1');
}

describeSession(page, { moved, required: ['curl'] });

/** What draws the page's manifests with the page's type. */
const DRAW = `
import { readFileSync } from 'node:fs';

import { compileWithStandIns } from '@portolan/compile';
import { formatSVG, graphOf } from '@portolan/graph';
import { defaultServiceTypes } from 'portolan';

import { activeStandby } from './active-standby.ts';

const serviceTypes = [...defaultServiceTypes(), activeStandby()];
const compiled = compileWithStandIns(readFileSync('ledger.yaml', 'utf8'), { serviceTypes });
process.stdout.write(formatSVG(graphOf(compiled)));
`;

it('the drawing is that of the manifests', async () => {
  const shell = await openShell({ ...filesOf(blocksOf(page)), 'draw.ts': DRAW });
  try {
    const { out, err } = await shell.run('node draw.ts');
    expect(err).toBe('');
    await expect(out).toMatchFileSnapshot(join(ROOT, 'docs/public/drawings/service-type.svg'));
  } finally {
    await shell.remove();
  }
});
