import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';

/** Where figures were taken; they compare with others of the same run only. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  /** GB. */
  readonly memory: number;
  readonly node: string;
  /** Of the sources; with `+` where they were changed since. */
  readonly commit: string;
  /** When, in UTC: `2026-11-24`. */
  readonly day: string;
}

/** What a run writes itself. */
const WRITTEN = ['packages/bench/results.json', 'docs/reference/benchmarks.md'];

export function machine(now: Date): Machine {
  const git = (...parameters: readonly string[]): string =>
    execFileSync('git', parameters, { encoding: 'utf8', cwd: import.meta.dirname }).trim();
  const sources = [':/', ...WRITTEN.map((file) => `:(top,exclude)${file}`)];
  const isChanged = git('status', '--porcelain', '--untracked-files=no', '--', ...sources) !== '';
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memory: Math.round(totalmem() / 1e9),
    node: process.version,
    commit: git('rev-parse', '--short', 'HEAD') + (isChanged ? '+' : ''),
    day: now.toISOString().slice(0, 10),
  };
}
