import { styleOf } from '@portolan/terminal';
import { Command } from 'commander';

import { InitFault, initProject } from '../init/init-project.ts';
import type { IO } from '../io/io.ts';
import { jsonText } from '../io/json-text.ts';
import type { Act } from '../main/act.ts';
import { EXIT, type ExitCode } from '../main/exit-code.ts';
import { UsageError } from '../main/usage-error.ts';

interface InitOptions {
  readonly name?: string;
  readonly json?: boolean;
}

/** A project with a Worker, manifests, tests and CI. */
export function initCommand(act: Act): Command {
  return new Command('init')
    .summary('make a project with a Worker, manifests, tests and CI')
    .description(
      'Makes a project: a Cloudflare Worker, manifests, tests of where requests go, and CI.',
    )
    .argument('[directory]', 'where, this folder by default', '.')
    .option('--name <name>', "the Worker's name, by default that of the folder")
    .option('--json', 'print JSON, for machines')
    .action(act(run));
}

async function run(io: IO, directory: string, options: InitOptions): Promise<ExitCode> {
  let files: readonly string[];
  try {
    ({ files } = await initProject({ directory, name: options.name }));
  } catch (error) {
    if (error instanceof InitFault) throw new UsageError(error.message);
    throw error;
  }
  if (options.json) {
    await io.out(jsonText({ directory, files }));
    return EXIT.fine;
  }
  const { bold, green } = styleOf(io.outTerminal);
  const made = files.map((file) => `${green('+')} ${file}`);
  const next = [...(directory === '.' ? [] : [`cd ${directory}`]), 'npm install', 'npm test'];
  await io.out([...made, '', 'Next:', ...next.map((line) => `  ${bold(line)}`), ''].join('\n'));
  return EXIT.fine;
}
