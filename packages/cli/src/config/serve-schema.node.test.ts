import { parseDocument } from '@portolan/document';
import { describe, expect, it } from 'vitest';

import { ConfigurationSchema, type Configuration } from './schema.ts';

/** What is read of a configuration, and what is said of it. */
function read(text: string): readonly [Configuration['serve'], readonly string[]] {
  const parsed = parseDocument(text, 'portolan.yaml', ConfigurationSchema);
  return parsed.value === undefined
    ? [undefined, parsed.diagnostics.map(({ message }) => message)]
    : [parsed.value.serve, []];
}

describe('serve in portolan.yaml', () => {
  it('says where to listen as people write it', () => {
    const [serve, faults] = read(`
serve:
  http: 8080
  https: 0.0.0.0:8443
  dns: off
  nodeAddresses: [127.0.0.1]
  drain: 2.5
  trust: { hops: 1 }
`);
    expect(faults).toEqual([]);
    expect(serve).toEqual({
      http: '8080',
      https: '0.0.0.0:8443',
      dns: 'off',
      nodeAddresses: ['127.0.0.1'],
      drain: 2.5,
      trust: { hops: 1 },
    });
  });

  it.each([
    ['{ http: localhost }', 'serve.http: must be a port'],
    ['{ http: true }', 'serve.http: must be a port'],
    ['{ drain: -1 }', 'serve.drain: must be a number of seconds'],
    ['{ accessLog: some }', 'serve.accessLog: must be one of all, failures, off'],
    ['{ nodeAdresses: [] }', 'is nodeAddresses meant?'],
  ])('%s is faulty', (serve, said) => {
    expect(read(`serve: ${serve}`)[1]).toEqual([expect.stringContaining(said)]);
  });
});
