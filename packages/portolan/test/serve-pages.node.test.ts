import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { serve, type Serving } from './session/serving.ts';
import {
  blocksOf,
  filesOf,
  lacking,
  linesOf,
  pattern,
  stepsOf,
  type Step,
} from './session/session.ts';
import { openShell, type Shell } from './shell/shell.ts';

const REQUIRED = ['curl', 'openssl'];
const OPTIONAL = ['dig', 'redis-cli', 'redis-server'];

describe.skipIf(lacking(REQUIRED).length > 0).each([
  ['docs/hosts.md', 'A session'],
  ['README.md', 'Serve them on a machine'],
])(
  'the session that %s shows (skipped where there is no curl or no openssl): %s',
  (page, heading) => {
    const blocks = blocksOf(page, heading);
    const steps = stepsOf(blocks);
    let shell: Shell;
    let serving: Serving;

    beforeAll(async () => {
      shell = await openShell(filesOf(blocks));
    });
    afterAll(async () => {
      await serving?.end();
      await shell.remove();
    });

    const follow = async ({ kind, text, shown }: Step): Promise<void> => {
      if (kind === 'text serve') {
        for (const line of linesOf(text)) {
          await expect.poll(serving.printed, { timeout: 10_000 }).toMatch(pattern(line));
        }
      } else if (kind === 'sh serve') {
        serving = await serve(shell, text);
        for (const line of linesOf(shown ?? '')) expect(serving.printed()).toMatch(pattern(line));
      } else {
        const { code, out, err } = await shell.run(`set -eo pipefail\n${text}`);
        expect({ code, err }).toMatchObject({ code: 0 });
        if (shown !== undefined) expect(out.trimEnd()).toMatch(pattern(shown, ''));
      }
    };

    for (const step of steps) {
      const missing = lacking(OPTIONAL.filter((program) => step.text.includes(program)));
      const why = missing.length > 0 ? ` (skipped where there is no ${missing.join(', ')})` : '';
      it.skipIf(missing.length > 0)(`${step.kind}: ${linesOf(step.text)[0]}${why}`, async () => {
        await expect(follow(step)).resolves.toBeUndefined();
      });
    }

    it('ends when it is asked to', async () => {
      expect(await serving.end()).toBe(0);
      expect(serving.printed()).toMatch(/^draining$/m);
    });
  },
);

describe('the configuration that docs/hosts.md shows', () => {
  const page = 'docs/hosts.md';
  const session = blocksOf(page, 'A session');
  const whole = filesOf(blocksOf(page, 'What listens where'));
  const parts = ['Load balancer addresses', 'Behind a proxy or a balancer'].flatMap((heading) =>
    blocksOf(page, heading).map(({ text }) => [heading, text] as const),
  );
  let shell: Shell;
  beforeAll(async () => {
    shell = await openShell({ ...filesOf(session), ...whole, ...Object.fromEntries(parts) });
  });
  afterAll(() => shell.remove());

  it('serves what the session serves, and cluster IPs', async () => {
    const serving = await serve(shell, 'npx portolan serve');
    await serving.end();
    const shown = stepsOf(session).find(({ kind }) => kind === 'sh serve')?.shown ?? '';
    expect(shown).not.toBe('');
    for (const line of linesOf(shown)) expect(serving.printed()).toMatch(pattern(line));
    expect(serving.printed()).toMatch(/^cluster ip TCP 127\.96\.\d+\.\d+:6379 default\/sessions$/m);
  });

  it.each(parts)('is understood: %s', async (file) => {
    const { code, err } = await shell.run(`npx portolan routes --config '${file}' -f shop/`);
    expect({ code, err }).toMatchObject({ code: 0 });
  });
});
