// What a newcomer does: clones, runs `npm start`, tries the three requests that it prints and kubectl where there is one, and
// ends it. Nothing may be left.
//
// Usage: node .ci/newcomer.mjs [major version of Node]
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const version = process.argv[2] ?? '';
const place = mkdtempSync(join(tmpdir(), 'portolan-newcomer-'));
const home = join(place, 'home');
const clone = join(place, 'portolan');
const port = 18_787;
const env = { ...process.env, HOME: home, PORT: String(port) };
let started;

try {
  mkdirSync(home);
  execFileSync('git', ['clone', '--quiet', '--no-hardlinks', process.cwd(), clone]);
  if (version !== '') env.PATH = `${nodeOf(version)}${delimiter}${env.PATH}`;
  console.log(`node ${execFileSync('node', ['--version'], { env, encoding: 'utf8' }).trim()}`);

  started = spawn('npm', ['start'], { cwd: clone, env, detached: true });
  const { commands, exportLine } = await printedBy(started);
  for (const command of commands) {
    const answer = execFileSync('sh', ['-c', `${command} --silent --fail-with-body`]);
    console.log(`${command} → Pod ${JSON.parse(answer).pod}`);
  }
  if (hasKubectl()) {
    const line = `${exportLine} && kubectl get ingresses --all-namespaces --no-headers`;
    console.log(execFileSync('sh', ['-c', line], { cwd: clone, encoding: 'utf8' }).trim());
  }
  if (commands.length !== 3) throw new Error(`npm start printed ${commands.length} requests`);

  // The signal goes to npm alone, as from a process supervisor.
  process.kill(started.pid, 'SIGTERM');
  const left = await whatIsLeft();
  if (left.length > 0) throw new Error(`left running: ${left.join(', ')}`);
  console.log('nothing left running');
} finally {
  if (started !== undefined) killGroup(started.pid);
  rmSync(place, { recursive: true, force: true });
}

/** A Node of its own from the npm registry. */
function nodeOf(major) {
  const name = `node-${process.platform === 'darwin' ? 'bin-darwin' : process.platform}-${process.arch}`;
  const options = ['install', '--silent', '--no-save', '--prefix', join(place, 'node')];
  execFileSync('npm', [...options, `${name}@${major}`], { stdio: 'inherit' });
  return join(place, 'node', 'node_modules', name, 'bin');
}

function printedBy(child) {
  return new Promise((resolve, reject) => {
    let output = '';
    const deadline = setTimeout(() => reject(new Error(`not ready in time:\n${output}`)), 240_000);
    const read = (text) => {
      output += text;
      const found = /^ready on http:[^]*(?:^curl .*\n){3}[^]*^kubectl: (export .*)\n/m.exec(output);
      if (found === null) return;
      clearTimeout(deadline);
      resolve({ commands: output.match(/^curl .*$/gm), exportLine: found[1] });
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('exit', (code) => reject(new Error(`npm start ended with ${code}:\n${output}`)));
    child.on('exit', () => clearTimeout(deadline));
  });
}

function hasKubectl() {
  try {
    execFileSync('sh', ['-c', 'command -v kubectl'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Processes that run from the clone's folder, once there was time to end them. */
async function whatIsLeft() {
  let left = [];
  for (let tries = 0; tries < 40; tries++) {
    left = commandLines().filter((line) => line.includes(clone));
    if (left.length === 0) return left;
    await wait(250);
  }
  return left;
}

/** Of every process on Linux; elsewhere as `ps` tells. */
function commandLines() {
  if (process.platform !== 'linux') {
    return execFileSync('ps', ['-A', '-o', 'args='], { encoding: 'utf8' }).split('\n');
  }
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      } catch {
        return '';
      }
    });
}

function killGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}
