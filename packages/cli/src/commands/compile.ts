import { snapshotModule } from '@portolan/compile';
import { Command } from 'commander';

import { printErrors } from '../input/load-manifests.ts';
import type { IO } from '../io/io.ts';
import { writeOutput } from '../io/write-output.ts';
import type { Act } from '../main/act.ts';
import { EXIT, type ExitCode } from '../main/exit-code.ts';
import { loadFrom, withManifests, type ManifestOptions } from '../options/manifest-options.ts';

interface CompileCommandOptions extends ManifestOptions {
  readonly output?: string;
}

const EXAMPLES = `
Examples:
  portolan compile -f k8s/ -o generated/snapshot.json

The Snapshot is what createGateway() of the package portolan serves. Where a manifest is faulty, none is written. A file that ends
in .js becomes a module that exports it, which a Worker with very many routes starts faster with.
`;

/** A Snapshot, for a Worker's bundle. */
export function compileCommand(act: Act): Command {
  const command = new Command('compile')
    .summary('make the Snapshot that a Worker is bundled with')
    .description(
      'Compiles manifests into a Snapshot: JSON that a gateway serves without reading manifests.',
    );
  return withManifests(command)
    .option('-o, --output <file>', 'where to write it, instead of standard output')
    .addHelpText('after', EXAMPLES)
    .action(act(run));
}

async function run(io: IO, options: CompileCommandOptions): Promise<ExitCode> {
  const { loaded } = await loadFrom({ ...options, standIns: false }, io);
  const { snapshot, diagnostics } = loaded.compiled;
  if (printErrors(diagnostics, io)) return EXIT.findings;
  const isModule = options.output?.endsWith('.js') ?? false;
  const text = isModule ? snapshotModule(snapshot) : `${JSON.stringify(snapshot)}\n`;
  await writeOutput(options.output, text, io);
  if (options.output !== undefined) io.err(`snapshot ${snapshot.version} → ${options.output}\n`);
  return EXIT.fine;
}
