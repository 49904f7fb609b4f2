import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Finding } from '@portolan/check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { describeSession } from './session/describe-session.ts';
import { blocksOf, filesOf, ROOT, stepsOf } from './session/session.ts';
import { openShell, type Shell } from './shell/shell.ts';

const page = 'docs/tutorials/ingress.md';

/** At addresses that are no other test's. */
function moved(text: string): string {
  return text
    .replaceAll('127.0.0.', '127.0.112.')
    .replaceAll(/(?<=--https? )\d+/g, '127.0.112.1:$&');
}

describeSession(page, { moved, required: ['curl', 'openssl'] });

/** The cells of a page's first table, without its heading. */
function tableOf(path: string): readonly (readonly string[])[] {
  const lines = readFileSync(join(ROOT, path), 'utf8').match(/^\|.*\|$/gm) ?? [];
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

describe(`what ${page} computes and draws`, () => {
  const blocks = blocksOf(page);
  let shell: Shell;
  beforeAll(async () => {
    shell = await openShell(filesOf(blocks));
  });
  afterAll(() => shell.remove());

  it('has the amounts of check in its table, with their dates and sources', async () => {
    const { out } = await shell.run('npx portolan check -f shop/ --json');
    const { findings }: { readonly findings: readonly Finding[] } = JSON.parse(out);
    const [cost] = findings.flatMap((finding) => finding.cost ?? []);
    expect(cost?.loadBalancers).not.toHaveLength(0);
    expect(tableOf(page)).toEqual(
      cost?.loadBalancers.map(({ name, currency, oneByOne, oneIngress, read, source }) => [
        name,
        ...[oneByOne, oneIngress, oneByOne - oneIngress].map(
          (amount) => `${amount.toFixed(2)} ${currency}`,
        ),
        `[${read}](${source})`,
      ]),
    );
  });

  it('shows the Ingress that is there at the end', async () => {
    const isEdit = (text: string): boolean => text.startsWith('sed ');
    const edits = stepsOf(blocks).filter(({ kind, text }) => kind === 'run' && isEdit(text));
    expect(edits).toHaveLength(1);
    for (const { text } of edits) expect(await shell.run(text)).toMatchObject({ code: 0 });
    const { code, out } = await shell.run('npx portolan graph -f shop/ --format svg');
    expect(code).toBe(0);
    await expect(out).toMatchFileSnapshot('../public/drawings/ingress.svg');
  });
});
