import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { freePort } from './free-port.ts';
import { nginxConfiguration } from './nginx.ts';
import { PAGES } from './pages.ts';
import { installed, run, said, type Running } from './running.ts';

export interface Origin extends Running {
  readonly port: number;
  /** Who it is. */
  readonly name: string;
}

/**
 * Starts what all forward to: nginx, or where that is not installed a program of ours.
 *
 * @param folder For its files.
 */
export async function startOrigin(folder: string): Promise<Origin> {
  const nginx = installed('nginx');
  if (nginx === undefined) {
    const file = fileURLToPath(new URL('origin-program.ts', import.meta.url));
    const running = run('others', process.execPath, [file]);
    const { port } = await said<{ readonly port: number }>(running);
    return { ...running, port, name: 'a program of ours' };
  }
  const port = await freePort();
  const root = `${folder}/origin`;
  mkdirSync(`${root}/cart`, { recursive: true });
  writeFileSync(`${root}${PAGES.large.path}`, PAGES.large.body);
  const server = `
    server {
      listen 127.0.0.1:${port};
      default_type application/json;
      location = ${PAGES.small.path} { return 200 '${PAGES.small.body}'; }
      location = ${PAGES.large.path} { root ${root}; }
    }`;
  const file = `${folder}/origin.conf`;
  writeFileSync(file, nginxConfiguration(folder, server));
  return { ...run('others', nginx, ['-e', 'stderr', '-c', file]), port, name: 'nginx' };
}
