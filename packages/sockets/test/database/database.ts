import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, chownSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

import { unusedPort } from '../peers/tcp.ts';

/** A real server that runs. */
export interface Database extends AsyncDisposable {
  readonly port: number;
}

/** By whom a program runs; absent: by us. */
interface Owner {
  readonly uid?: number;
  readonly gid?: number;
}

const execute = promisify(execFile);

/** Where Debian keeps what it doesn't put into PATH. */
const POSTGRES = '/usr/lib/postgresql/15/bin';

/** The path of a program, or `undefined` where this machine lacks it. */
export function program(name: string): string | undefined {
  return [...(process.env['PATH'] ?? '').split(delimiter), POSTGRES]
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** Runs a program to its end, and gives what it wrote. */
export async function run(
  name: string,
  args: readonly string[],
  input = '',
  options: Owner & { readonly cwd?: string } = {},
): Promise<string> {
  const running = execute(name, args, { ...options, maxBuffer: 256 * 1024 * 1024 });
  // A program that doesn't read it may be gone already.
  running.child.stdin?.on('error', () => undefined).end(input);
  const { stdout } = await running;
  return stdout;
}

export async function startRedis(): Promise<Database> {
  const port = await unusedPort();
  const server = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
    { stdio: 'ignore' },
  );
  await answering(() => run('redis-cli', ['-p', String(port), 'ping']), server);
  return { port, [Symbol.asyncDispose]: () => stop(server) };
}

/** Data in a folder of its own; by another user where we are root, which PostgreSQL refuses. */
export async function startPostgres(): Promise<Database> {
  const port = await unusedPort();
  const folder = mkdtempSync(join(tmpdir(), 'sockets-postgres-'));
  const isRoot = process.getuid?.() === 0;
  const owner: Owner = isRoot ? await nobody() : {};
  if (owner.uid !== undefined && owner.gid !== undefined) {
    chownSync(folder, owner.uid, owner.gid);
  }
  const as = { ...owner, cwd: folder };
  const data = join(folder, 'data');
  const initdb = program('initdb') ?? 'initdb';
  await run(initdb, ['-D', data, '-U', 'shop', '-A', 'trust', '-N', '-E', 'UTF8'], '', as);
  const server = spawn(
    program('postgres') ?? 'postgres',
    ['-D', data, '-p', String(port), '-k', folder, '-c', 'listen_addresses=127.0.0.1', '-F'],
    { ...as, stdio: 'ignore' },
  );
  await answering(() => psql(port, 'select 1'), server);
  return {
    port,
    [Symbol.asyncDispose]: async () => {
      await stop(server, 'SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function psql(port: number, sql: string, ...args: readonly string[]): Promise<string> {
  const target = `postgresql://shop@127.0.0.1:${port}/postgres?sslmode=disable`;
  return run('psql', [target, '-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', ...args], sql);
}

async function nobody(): Promise<Owner> {
  const id = async (flag: string): Promise<number> => Number(await run('id', [flag, 'nobody']));
  return { uid: await id('-u'), gid: await id('-g') };
}

async function answering(ask: () => Promise<unknown>, server: ChildProcess): Promise<void> {
  for (;;) {
    try {
      await ask();
      return;
    } catch (error) {
      if (server.exitCode !== null) throw error;
      await new Promise((resolve) => {
        setTimeout(resolve, 100);
      });
    }
  }
}

async function stop(server: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  const exited = once(server, 'exit');
  server.kill(signal);
  await exited;
}
