import { describe, expect, it } from 'vitest';

import { describeSession } from './session/describe-session.ts';
import { blocksOf, filesOf } from './session/session.ts';

/** At an address that is no other test's. */
function moved(text: string): string {
  return text
    .replaceAll(/(?<=\/\/|:|-connect )127\.0\.0\.1/g, '127.0.118.1')
    .replaceAll(/(?<=(?:--|^ {2})(?:http|https)(?: |: ))\d+/gm, '127.0.118.1:$&');
}

describeSession('docs/how-to/debug-a-route.md');
describeSession('docs/how-to/tls.md', { moved, required: ['curl', 'openssl'] });
describeSession('docs/how-to/behind-a-proxy.md', { moved, required: ['curl'] });
// Vitest is to look no further than the reader's own folder.
describeSession('docs/how-to/test-suite.md', {
  files: { 'vitest.config.js': 'export default {};' },
});

const page = 'docs/how-to/reach-pods-from-workers.md';
describeSession(page);

describe(`the configurations of ${page}`, () => {
  it('tells the edge worker of the same dialers as the command line', () => {
    const files = filesOf(blocksOf(page));
    const dialers = [
      { dialer: 'service', services: ['shop/cart'] },
      { dialer: 'vpcNetwork', cidrs: ['10.244.0.0/16'] },
      { dialer: 'url' },
    ];
    const variables: unknown = JSON.parse(files['dialers.json'] ?? '');
    expect(variables).toMatchObject({ DIALERS: dialers });
    const [, list = ''] = /^dialers:\n((?: .*\n)+)/m.exec(files['portolan.yaml'] ?? '') ?? [];
    const written = dialers.map((dialer) => JSON.stringify(dialer).replaceAll('"', ''));
    expect(list.replaceAll(' ', '')).toBe(written.map((dialer) => `-${dialer}\n`).join(''));
  });
});
