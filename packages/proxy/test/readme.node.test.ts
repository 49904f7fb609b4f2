import { readFile, rm, writeFile } from 'node:fs/promises';

import { afterAll, expect, it } from 'vitest';

import { startOrigin } from './origin/origin.ts';

const example = new URL('.readme-example.ts', import.meta.url);

afterAll(() => rm(example, { force: true }));

it('the example of the README does what it says', async () => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  const origin = await startOrigin();
  const path = origin.on((request, response) => {
    response.end(`${request.url} for ${String(request.headers['x-forwarded-for'])}`);
  });
  const code = /^```ts\n([^]*?)^```$/m
    .exec(readme)?.[1]
    ?.replace('8080', String(origin.port))
    .replaceAll('/cart', path);
  await writeFile(example, code ?? '');
  const { response } = await import(example.href);
  expect(await response.text()).toBe(`${path}?item=1 for 203.0.113.7`);
  await origin.close();
});
