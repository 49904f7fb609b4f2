import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { describeSession } from './session/describe-session.ts';
import { blocksOf, filesOf, linesOf, pattern, stepsOf } from './session/session.ts';
import { start } from './session/started.ts';
import { openShell, type Shell } from './shell/shell.ts';

/** At addresses that are no other test's. */
function moved(text: string): string {
  return text
    .replaceAll('127.0.0.', '127.0.104.')
    .replaceAll(/(?<=(?:--|^  )(?:http|https|internal|dns|admin)(?: |: ))\d+/gm, '127.0.104.1:$&');
}

const programs = {
  required: ['curl', 'openssl'],
  optional: ['dig', 'redis-cli', 'redis-server'],
};

const page = 'docs/how-to/hosts.md';
describeSession(page, { heading: 'A session', moved, ...programs });
describeSession('README.md', { heading: 'Serve them on a machine', moved, ...programs });

describe(`the configuration that ${page} shows`, () => {
  const movedBlocks = (heading: string) =>
    blocksOf(page, heading).map((block) => ({ ...block, text: moved(block.text) }));
  const session = movedBlocks('A session');
  const whole = filesOf(movedBlocks('What listens where'));
  const parts = ['Load balancer addresses', 'Behind a proxy or a balancer'].flatMap((heading) =>
    movedBlocks(heading).map(({ text }) => [heading, text] as const),
  );
  let shell: Shell;
  beforeAll(async () => {
    shell = await openShell({ ...filesOf(session), ...whole, ...Object.fromEntries(parts) });
  });
  afterAll(() => shell.remove());

  it('serves what the session serves, and cluster IPs', async () => {
    const shown = stepsOf(session).flatMap((step) => (step.kind === 'start' ? step.shown : []));
    expect(shown).toHaveLength(1);
    const serving = await start(shell, 'npx portolan serve', shown.join('\n'));
    expect(await serving.end()).toBe(0);
    for (const line of linesOf(shown.join('\n'))) expect(serving.printed()).toMatch(pattern(line));
    expect(serving.printed()).toMatch(/^cluster ip TCP 127\.96\.\d+\.\d+:6379 default\/sessions$/m);
    expect(serving.printed()).toMatch(/^draining$/m);
  });

  it.each(parts)('is understood: %s', async (file) => {
    const { code, err } = await shell.run(`npx portolan routes --config '${file}' -f shop/`);
    expect({ code, err }).toMatchObject({ code: 0 });
  });
});
