import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { portolan } from './command.ts';

const shop = join(import.meta.dirname, '../../../apps/edge-worker/manifests');

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portolan-usage-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, text: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

describe('a command that is not understood', () => {
  it.each([
    [['nonsense'], "unknown command 'nonsense'"],
    [['explain'], 'expected either a URL or --requests'],
    [
      ['explain', 'http://shop.example/', '--requests', 'x', '-f', shop],
      'either a URL or --requests',
    ],
    [['explain', 'http://shop.example/'], 'which manifests?'],
    [['explain', 'ftp://shop.example/', '-f', shop], 'http'],
    [['explain', 'http://shop.example/', '-f', shop, '-H', 'nonsense'], "expected 'Name: value'"],
    [['explain', 'http://shop.example/', '-f', shop, '-X', 'A B'], 'method'],
    [['explain', 'http://shop.example/', '-f', shop, '--from', 'nobody'], 'from'],
    [['explain', 'http://shop.example/', '-f', shop, '--entrance', 'side'], 'internal, external'],
    [['explain', '--requests', '/nowhere', '-f', shop], "/nowhere: can't be read: no such file"],
    [['explain', '--requests', '-', '-f', '-'], 'not both'],
    [['check', '-f', shop, '--target', 'php'], 'workers, deno, bun, node'],
    [['check', '-f', shop, '--format', 'xml'], 'text, json, github, sarif'],
    [['codes', 'Nonsense'], 'no finding has the code Nonsense'],
    [['diff', shop], 'expected two sets of manifests'],
    [['diff', shop, shop, shop], 'expected two sets of manifests'],
    [['test', '/nowhere.yaml'], "can't be read"],
    [['endpoints', 'nobody', '-f', shop], 'no Service is called nobody'],
    [['dns'], "missing required argument 'name'"],
    [['routes', '--config', '/nowhere.yaml'], "/nowhere.yaml: can't be read"],
  ])('portolan %j ends with 2 and says what was expected', async (args, said) => {
    const { code, out, err } = await portolan(...args);
    expect(err).toContain(said);
    expect(err).not.toContain('    at ');
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });
});

describe('help', () => {
  it.each(['explain', 'check', 'test', 'diff', 'routes', 'endpoints', 'dns', 'graph', 'compile'])(
    'of %s has examples and ends with 0',
    async (command) => {
      const { code, out } = await portolan(command, '--help');
      expect(code).toBe(0);
      expect(out).toContain('Examples:');
      expect(out).toContain(`portolan ${command}`);
    },
  );

  it('lists every command', async () => {
    const { code, out } = await portolan('--help');
    expect(code).toBe(0);
    for (const command of ['explain', 'check', 'test', 'diff', 'init'])
      expect(out).toContain(command);
  });

  it.each(['bash', 'zsh', 'fish', 'powershell'])('has completion for %s', async (shell) => {
    const { code } = await portolan('complete', shell);
    expect(code).toBe(0);
  });
});

describe('the configuration', () => {
  it('names the manifests, relative to itself', async () => {
    const config = await file('portolan.yaml', `manifests: [cart.yaml]\nnamespace: shop\n`);
    await file(
      'cart.yaml',
      'apiVersion: v1\nkind: Service\nmetadata: { name: cart }\nspec: { ports: [{ port: 80 }] }\n',
    );
    const { code, out } = await portolan('endpoints', '--config', config);
    expect(code).toBe(0);
    expect(out).toContain('shop/cart');
  });

  it.each([
    [
      'target: php',
      'config.yaml:1:1: error: target: must be one of workers, deno, bun, node, not "php"',
    ],
    ['check:\n  silence:\n    - { object: x }', '3:7: error: check.silence[0].code: is missing'],
    ['manifests: [\n', 'config.yaml:'],
    ['colour: red', '1:1: error: colour: is no field here'],
    ['nodeportRange: [1, 2]', 'is nodePortRange meant?'],
    ['- a', '1:1: error: must be a mapping'],
    ['clusterIPRanges: [nonsense]', '1:1: error: clusterIPRanges: "nonsense" is no CIDR'],
    ['clusterIPRanges: [10.0.0.0/32]', '10.0.0.0/32 has no address to give'],
    ['nodePortRange: [9, 1]', 'nodePortRange: pool nodePort: 9-1 is no range of ports'],
    ['externalNames: ["*"]', '"*" can\'t be allowed'],
    ['dialers: [{ dialer: vpcNetwork, cidrs: [nonsense] }]', 'nonsense is not a CIDR'],
  ])('%j is refused with its place', async (text, said) => {
    const config = await file('config.yaml', text);
    const { code, err } = await portolan('routes', '-f', shop, '--config', config);
    expect(err).toContain(said);
    expect(code).toBe(2);
  });
});

describe('what manifests hold', () => {
  it('can not turn the terminal over when an object is refused', async () => {
    const path = await file(
      'escape.yaml',
      'apiVersion: v1\nkind: Service\nmetadata: { name: "a\\e[31mb" }\nspec: { ports: [{ port: 80 }] }\n',
    );
    const { code, err } = await portolan('routes', '-f', path);
    expect(code).toBe(1);
    expect(err).toContain('a\uFFFD[31mb');
    expect(err).not.toContain('\u001B');
  });
});

describe('a backend of an Ingress', () => {
  it.each([
    ['routes', '-f'],
    ['explain', 'http://shop.example/x', '-f'],
    ['diff', shop],
    ['diff', '--format', 'markdown', shop],
    ['check', '--format', 'github', '-f'],
  ])('can not turn the terminal over: portolan %s', async (...args) => {
    const rule =
      '{ path: /, pathType: Prefix, backend: { resource: { apiGroup: x.example, kind: "a\\e[31mb", name: "a\\e[31mb" } } }';
    const path = await file(
      'backend.yaml',
      `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: web }\nspec: { rules: [{ host: shop.example, http: { paths: [${rule}] } }] }\n`,
    );
    const { out, err } = await portolan(...args, path);
    expect(out).toContain('\uFFFD[31m');
    expect(`${out}${err}`).not.toContain('\u001B');
  });
});

describe('a file of requests', () => {
  it('may begin with a byte order mark', async () => {
    const path = await file('requests.jsonl', '\uFEFF{"url":"http://shop.example/"}\r\n');
    const { code, out } = await portolan('explain', '--requests', path, '-f', shop);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ outcome: 'forward' });
  });
});
