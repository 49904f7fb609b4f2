// Every package as npm and JSR would take it: packed, linted, its types resolved, and used by a project of its own.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const place = mkdtempSync(join(tmpdir(), 'portolan-publishable-'));
const run = (program, args, options) =>
  execFileSync(program, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    ...options,
  });

try {
  run('tsc', ['--build']);
  const tarballs = readdirSync('packages').map((name) => {
    const { filename } = JSON.parse(
      run('pnpm', ['pack', '--json', '--pack-destination', place], { cwd: join('packages', name) }),
    );
    console.log(`${name}: publint, attw`);
    run('publint', ['--strict', filename], { stdio: 'inherit' });
    run('attw', ['--profile', 'esm-only', '--format', 'ascii', '--quiet', filename]);
    const { name: packageName } = JSON.parse(readFileSync(join('packages', name, 'package.json')));
    return [packageName, `file:${filename}`];
  });

  const consumer = join(place, 'consumer');
  mkdirSync(consumer);
  writeFileSync(
    join(consumer, 'package.json'),
    JSON.stringify({
      private: true,
      type: 'module',
      dependencies: Object.fromEntries(tarballs),
      overrides: Object.fromEntries(tarballs),
    }),
  );
  writeFileSync(
    join(consumer, 'use.js'),
    `import { portolan } from 'portolan';
     ${tarballs.map(([name]) => `await import('${name}');`).join('\n')}
     const decision = portolan('').decide(new Request('http://shop.example/'));
     console.log(decision.reason);`,
  );
  run('npm', ['install', '--silent', '--no-audit', '--no-fund'], { cwd: consumer });
  const printed = run('node', ['use.js'], { cwd: consumer }).trim();
  if (printed !== 'NoMatchingRoute') throw new Error(`a consumer of the packages got ${printed}`);
  console.log(`${tarballs.length} packages installed and used`);

  run('deno', ['publish', '--dry-run', '--allow-dirty', '--quiet'], { stdio: 'inherit' });
  console.log('deno publish would take them');
} finally {
  rmSync(place, { recursive: true, force: true });
}
