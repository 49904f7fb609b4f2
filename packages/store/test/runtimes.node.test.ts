import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { describe, expect, it } from 'vitest';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const binary = (name: string): string => here(`../../../node_modules/.bin/${name}`);

describe('the stores beyond Node', () => {
  it.each([
    ['deno', ['run', '--allow-all']],
    ['bun', []],
  ])('keep to the contract on %s', async (name, options) => {
    const script = here('runtimes/contract.ts');
    const { stdout } = await promisify(execFile)(binary(name), [...options, script]);
    expect(JSON.parse(stdout)).toEqual({});
  });
});
