import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

const root = join(import.meta.dirname, '../../../..');
const program = join(root, 'packages/portolan/src/bin/portolan.ts');

/** How a command line ended. */
interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A folder in which `portolan` and `npx portolan` run the program from source, as a reader's shell would run the package. */
export interface Shell {
  readonly folder: string;
  readonly run: (line: string, input?: string) => Promise<Ended>;
  /** Starts a command that goes on running. */
  readonly start: (line: string) => ChildProcess;
  readonly remove: () => Promise<void>;
}

/** @param files more to be there, by path; beside the example manifests in `k8s`, `old` and `new` */
export async function openShell(files: Readonly<Record<string, string>> = {}): Promise<Shell> {
  const folder = await mkdtemp(join(tmpdir(), 'portolan-shell-'));
  const programs = join(folder, '.programs');
  await mkdir(programs);
  await executable(join(programs, 'portolan'), `exec '${process.execPath}' '${program}' "$@"`);
  await executable(join(programs, 'npx'), 'shift; exec portolan "$@"');
  for (const name of ['k8s', 'old', 'new']) {
    await cp(join(root, 'apps/edge-worker/manifests'), join(folder, name), { recursive: true });
  }
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const env = {
    ...process.env,
    PATH: `${programs}${delimiter}${process.env['PATH']}`,
    NO_COLOR: '1',
  };
  return {
    folder,
    run: (line, input = '') =>
      new Promise((resolve) => {
        const child = execFile('bash', ['-c', line], { cwd: folder, env }, (error, out, err) => {
          resolve({ code: error === null ? 0 : Number(error.code), out, err });
        });
        // A command that doesn't read may have ended by now.
        child.stdin?.on('error', () => undefined).end(input);
      }),
    // In the place of the shell, so that signals reach it.
    start: (line) => spawn('bash', ['-c', `exec ${line}`], { cwd: folder, env }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function executable(file: string, command: string): Promise<void> {
  await writeFile(file, `#!/bin/sh\n${command}\n`);
  await chmod(file, 0o755);
}
