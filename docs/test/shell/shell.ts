import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';

const root = join(import.meta.dirname, '../../..');
const program = join(root, 'packages/portolan/src/bin/portolan.ts');
const installed = [join(root, 'docs/node_modules/.bin'), join(root, 'node_modules/.bin')];

/** How a command line ended. */
interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/**
 * A folder in which a reader's commands run as they would in a shell of his, on the packages as they are here: `portolan` and
 * `npx portolan` run the program from source, imports find the packages, and `npm install` only says whether there is such a package.
 */
export interface Shell {
  readonly folder: string;
  readonly run: (line: string, input?: string) => Promise<Ended>;
  /** Starts a command that goes on running, in a process group of its own. */
  readonly start: (line: string) => ChildProcess;
  readonly remove: () => Promise<void>;
}

/** @param files more to be there, by path; beside the example manifests in `k8s`, `old` and `new` */
export async function openShell(files: Readonly<Record<string, string>> = {}): Promise<Shell> {
  const folder = await mkdtemp(join(import.meta.dirname, '../.session-'));
  const programs = join(folder, '.programs');
  await mkdir(programs);
  await executable(join(programs, 'portolan'), `exec '${process.execPath}' '${program}' "$@"`);
  await executable(join(programs, 'npx'), 'if [ "$1" = --yes ]; then shift; fi\nexec "$@"');
  await executable(join(programs, 'npm'), INSTALL);
  for (const name of ['k8s', 'old', 'new']) {
    await cp(join(root, 'apps/edge-worker/manifests'), join(folder, name), { recursive: true });
  }
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const env = {
    ...process.env,
    PATH: [programs, ...installed, process.env['PATH']].join(delimiter),
    NO_COLOR: '1',
    CI: 'true',
    WRANGLER_SEND_METRICS: 'false',
    WRANGLER_HIDE_BANNER: 'true',
    CLOUDFLARE_CF_FETCH_ENABLED: 'false',
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
    start: (line) => spawn('bash', ['-c', `exec ${line}`], { cwd: folder, env, detached: true }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** `npm install NAME …` where the packages are there by a workspace, and no registry has them. */
const INSTALL = `
case "$1" in install | ci) ;; *) echo "npm $1 is not for tests" >&2; exit 1 ;; esac
shift
for name in "$@"; do
  case "$name" in
    -*) ;;
    *) [ -d "${root}/docs/node_modules/$name" ] || { echo "no package $name" >&2; exit 1; } ;;
  esac
done`;

async function executable(file: string, command: string): Promise<void> {
  await writeFile(file, `#!/bin/sh\n${command}\n`);
  await chmod(file, 0o755);
}
