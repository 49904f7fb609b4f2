import { existsSync, readFileSync } from 'node:fs';

/** Bytes of memory that a program has in use, with those that it started; absent where nobody tells. */
export function residentMemory(pid: number | undefined): number | undefined {
  const status = `/proc/${pid}/status`;
  if (pid === undefined || !existsSync(status)) return undefined;
  const [, kilobytes] = /^VmRSS:\s*(\d+) kB$/m.exec(readFileSync(status, 'utf8')) ?? [];
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .split(' ')
    .filter((child) => child.trim() !== '')
    .reduce((sum, child) => sum + (residentMemory(Number(child)) ?? 0), Number(kilobytes) * 1024);
}
