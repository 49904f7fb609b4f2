// Every package as npm and JSR would take it: packed, linted, its types resolved, used by a project of its own, and by the
// project that `npx portolan init` makes.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const place = mkdtempSync(join(tmpdir(), 'portolan-publishable-'));
const env = { ...process.env, WRANGLER_SEND_METRICS: 'false' };
const run = (program, args, options) =>
  execFileSync(program, args, {
    encoding: 'utf8',
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
    ...options,
  });
const readJSON = (...path) => JSON.parse(readFileSync(join(...path), 'utf8'));
const writeJSON = (file, value) => writeFileSync(file, JSON.stringify(value, null, 2));

try {
  run('tsc', ['--build'], { stdio: 'inherit' });
  const tarballs = Object.fromEntries(
    readdirSync('packages')
      .map((folder) => join('packages', folder))
      .filter((folder) => readJSON(folder, 'package.json').private !== true)
      .map((folder) => [readJSON(folder, 'package.json').name, `file:${pack(folder)}`]),
  );
  const consumer = useModules(tarballs);
  const shop = makeProject(consumer, tarballs);
  useProject(shop);
  askOnEveryRuntime(shop);

  run('deno', ['publish', '--dry-run', '--allow-dirty', '--quiet'], { stdio: 'inherit' });
  console.log('deno publish would take them');
} finally {
  rmSync(place, { recursive: true, force: true });
}

/** @returns the tarball that npm would be given, once the linters have nothing to say about it */
function pack(folder) {
  const args = ['pack', '--json', '--pack-destination', place];
  const { filename } = JSON.parse(run('pnpm', args, { cwd: folder }));
  console.log(`${folder}: publint, attw`);
  run('publint', ['--strict', filename], { stdio: 'inherit' });
  run('attw', ['--profile', 'esm-only', '--format', 'ascii', '--quiet', filename]);
  return filename;
}

function install(folder) {
  run('npm', ['install', '--silent', '--no-audit', '--no-fund'], { cwd: folder });
}

/** A project that imports them all. */
function useModules(tarballs) {
  const consumer = join(place, 'consumer');
  mkdirSync(consumer);
  const manifest = { private: true, type: 'module', dependencies: tarballs, overrides: tarballs };
  writeJSON(join(consumer, 'package.json'), manifest);
  writeFileSync(
    join(consumer, 'use.js'),
    `import { portolan } from 'portolan';
     ${Object.keys(tarballs)
       .map((name) => `await import('${name}');`)
       .join('\n')}
     const decision = portolan('').decide(new Request('http://shop.example/'));
     console.log(decision.reason);`,
  );
  install(consumer);
  const printed = run('node', ['use.js'], { cwd: consumer }).trim();
  if (printed !== 'NoMatchingRoute') throw new Error(`a consumer of the packages got ${printed}`);
  console.log(`${Object.keys(tarballs).length} packages installed and used`);
  return consumer;
}

/** `npx portolan init`, with the tarballs in place of what the registry has. */
function makeProject(consumer, tarballs) {
  const { version } = readJSON('packages/portolan/package.json');
  const printed = run('npx', ['--no', '--', 'portolan', '--version'], { cwd: consumer }).trim();
  if (printed !== version) throw new Error(`portolan ${version} says that it is ${printed}`);

  // Beside the consumer, not in it: what it doesn't depend on must not be found.
  run('npx', ['--no', '--', 'portolan', 'init', '../shop'], { cwd: consumer });
  const shop = join(place, 'shop');
  const manifest = readJSON(shop, 'package.json');
  const ours = (dependencies) =>
    Object.fromEntries(
      Object.entries(dependencies).map(([name, range]) => [name, tarballs[name] ?? range]),
    );
  writeJSON(join(shop, 'package.json'), {
    ...manifest,
    dependencies: ours(manifest.dependencies),
    devDependencies: ours(manifest.devDependencies),
    overrides: tarballs,
  });
  install(shop);
  return shop;
}

/** What the project's README tells people to do, as far as it goes without an account. */
function useProject(shop) {
  for (const args of [
    ['run', 'check'],
    ['test'],
    ['run', 'types'],
    ['exec', '--', 'wrangler', 'deploy', '--dry-run'],
  ]) {
    run('npm', args, { cwd: shop, stdio: 'inherit' });
    console.log(`in the project of portolan init: npm ${args.join(' ')}`);
  }
}

/** The same program on Node, Deno and Bun. */
function askOnEveryRuntime(shop) {
  const bin = 'node_modules/portolan/dist/bin/portolan.js';
  const question = ['explain', 'http://shop.example/cart', '-f', 'manifests', '--json'];
  const [node, ...others] = [
    ['npx', '--no', '--', 'portolan'],
    ['deno', 'run', '--allow-all', bin],
    ['bun', bin],
  ].map(([program, ...args]) => run(program, [...args, ...question], { cwd: shop }));
  const { service } = JSON.parse(node);
  if (service?.name !== 'cart') throw new Error(`portolan explain says ${node}`);
  for (const answer of others) {
    if (answer !== node) throw new Error(`not what it says on Node, ${node}, but ${answer}`);
  }
  console.log('portolan explain says the same on Node, Deno and Bun');
}
