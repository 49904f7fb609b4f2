import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';

/** Who gets a core of its own, where there are two: what is measured; all others share the other one. */
export type Core = 'measured' | 'others';

/** Another program. */
export interface Running {
  readonly child: ChildProcess;
  readonly stop: () => Promise<void>;
}

/** Where Debian puts programs that are for administrators. */
const PATHS = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/usr/local/sbin'];

/** Where a program is, if it is installed. */
export function installed(name: string): string | undefined {
  return PATHS.map((folder) => `${folder}/${name}`).find((file) => existsSync(file));
}

/** What a program says of its version: the first number with a dot in it. */
export function programVersion(file: string, option: string): string | undefined {
  const { stdout, stderr } = spawnSync(file, [option], { encoding: 'utf8' });
  return /\d+(?:\.\d+)+/.exec(stdout + stderr)?.[0];
}

export interface RunOptions {
  /** Variables besides those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Says nothing, but by its exit. */
  readonly isSilent?: boolean;
}

/** Starts a program on its core. */
export function run(
  core: Core,
  file: string,
  parameters: readonly string[],
  { env, isSilent = false }: RunOptions = {},
): Running {
  const taskset = installed('taskset');
  const [command, ...all] =
    taskset !== undefined && availableParallelism() > 1
      ? [taskset, '-c', core === 'measured' ? '0' : '1', file, ...parameters]
      : [file, ...parameters];
  const child = spawn(command, all, {
    stdio: ['ignore', 'pipe', isSilent ? 'ignore' : 'inherit'],
    env: { ...process.env, ...env },
    // A group of its own: some are started by a script, which would not pass a signal on.
    detached: true,
  });
  const ended = once(child, 'exit');
  if (children.size === 0) process.once('exit', killAll);
  children.add(child);
  return {
    child,
    stop: async () => {
      killGroup(child);
      await ended;
      children.delete(child);
      if (children.size === 0) process.off('exit', killAll);
    },
  };
}

/** Those that have not been stopped: they end with us. */
const children = new Set<ChildProcess>();

function killAll(): void {
  for (const child of children) killGroup(child);
}

function killGroup({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, 'SIGKILL');
}

/** The first line that a program says, as JSON. @throws {Error} where it ends without one */
export async function said<Message>({ child }: Running): Promise<Message> {
  if (child.stdout === null) throw new Error('nobody listens to it');
  for await (const line of createInterface(child.stdout)) {
    // The program is ours, and says what it is asked for.
    const message: Message = JSON.parse(line);
    return message;
  }
  throw new Error(`${child.spawnargs.join(' ')} ended and said nothing`);
}

/** Microseconds in one tick of the kernel's clock for processes. */
const TICK = 10_000;

/** Microseconds of CPU time that a program has had, and those that it started; absent where nobody tells. */
export function cpuTime(pid: number | undefined): number | undefined {
  const stat = `/proc/${pid}/stat`;
  if (pid === undefined || !existsSync(stat)) return undefined;
  // What comes first is a name in parentheses, with anything in it.
  const fields = readFileSync(stat, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  const own = (Number(fields[11]) + Number(fields[12])) * TICK;
  const started = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ');
  return started
    .filter((child) => child.trim() !== '')
    .reduce((sum, child) => sum + (cpuTime(Number(child)) ?? 0), own);
}
