import { once } from 'node:events';
import { readFile, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';

import { afterAll, expect, it } from 'vitest';

const example = new URL('.readme-example.ts', import.meta.url);

afterAll(() => rm(example, { force: true }));

it('the example of the README does what it says', async () => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  const origin = http.createServer((request, response) => {
    response.end(`${request.url} for ${String(request.headers['x-forwarded-for'])}`);
  });
  origin.listen(0, '127.0.0.1');
  await once(origin, 'listening');
  const address = origin.address();
  const port = address === null || typeof address === 'string' ? 0 : address.port;
  const code = /^```ts\n([^]*?)^```$/m.exec(readme)?.[1]?.replace('8080', String(port));
  await writeFile(example, code ?? '');
  const { response } = await import(example.href);
  expect(await response.text()).toBe('/cart?item=1 for 203.0.113.7');
  origin.close();
});
