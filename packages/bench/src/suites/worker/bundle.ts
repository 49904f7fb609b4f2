import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import type { Subject } from './subjects.ts';

/** The day whose behaviour all are to have. */
export const COMPATIBILITY_DATE = '2026-11-17';

const WRANGLER = fileURLToPath(
  new URL('bin/wrangler.js', import.meta.resolve('wrangler/package.json')),
);

/**
 * The code of a Worker as `wrangler deploy --minify` would upload it.
 *
 * @param folder For its files: nobody else's.
 */
export async function bundle({ main, data }: Subject, folder: string): Promise<string> {
  mkdirSync(folder);
  const alias = Object.entries(data).map(([name, value], index): readonly [string, string] => {
    const file = `${folder}/data-${index}.js`;
    writeFileSync(file, value);
    return [name, file];
  });
  const configuration = {
    name: 'worker',
    main,
    compatibility_date: COMPATIBILITY_DATE,
    keep_names: false,
    alias: Object.fromEntries(alias),
  };
  const file = `${folder}/wrangler.json`;
  writeFileSync(file, JSON.stringify(configuration));
  const output = `${folder}/output`;
  const parameters = ['deploy', '--dry-run', '--minify', '--outdir', output, '--config', file];
  await promisify(execFile)(process.execPath, [WRANGLER, ...parameters], {
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false', WRANGLER_HIDE_BANNER: 'true' },
  });
  const name = main.slice(main.lastIndexOf('/') + 1).replace(/\.ts$/, '.js');
  return readFile(`${output}/${name}`, 'utf8');
}
