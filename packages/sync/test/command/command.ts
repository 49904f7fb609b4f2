import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import type { TestCluster } from '../cluster/cluster.ts';
import type { TestTarget } from '../target/target.ts';

const PROGRAM = join(import.meta.dirname, '../../../portolan/src/bin/portolan.ts');

/** `portolan sync` as a process of its own. */
export interface SyncProcess {
  /** What it has said so far. */
  readonly said: () => string;
  readonly out: () => string;
  readonly kill: (signal: 'SIGINT' | 'SIGKILL' | 'SIGTERM') => void;
  /** Its exit code; null where a signal ended it. */
  readonly ended: Promise<number | null>;
}

export function runSync(
  cluster: TestCluster,
  target: TestTarget,
  ...options: readonly string[]
): SyncProcess {
  const child: ChildProcess = spawn(
    process.execPath,
    [
      PROGRAM,
      'sync',
      '--kubeconfig',
      cluster.kubeconfig,
      '--to',
      target.to,
      '--source',
      'east',
      '--holdoff',
      '5',
      '--max-holdoff',
      '50',
      '--lease',
      '1',
      ...options,
    ],
    { env: { ...process.env, PORTOLAN_TOKEN: target.token }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let said = '';
  let out = '';
  child.stderr?.on('data', (chunk) => (said += String(chunk)));
  child.stdout?.on('data', (chunk) => (out += String(chunk)));
  return {
    said: () => said,
    out: () => out,
    kill: (signal) => void child.kill(signal),
    ended: once(child, 'exit').then(([code]) => code),
  };
}
