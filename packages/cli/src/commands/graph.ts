import { formatMermaid, formatSVG, graphOf } from '@portolan/graph';
import { Command, Option } from 'commander';

import { printErrors } from '../input/load-manifests.ts';
import type { IO } from '../io/io.ts';
import { jsonText } from '../io/json-text.ts';
import { writeOutput } from '../io/write-output.ts';
import type { Act } from '../main/act.ts';
import { EXIT, type ExitCode } from '../main/exit-code.ts';
import {
  loadFrom,
  withManifestOptions,
  type ManifestOptions,
} from '../options/manifest-options.ts';

interface GraphOptions extends ManifestOptions {
  readonly format: 'json' | 'mermaid' | 'svg';
  readonly output?: string;
}

const EXAMPLES = `
Examples:
  portolan graph -f k8s/
  portolan graph -f k8s/ --format svg -o routes.svg
`;

/** Ingress, Services and Pods as a drawing. */
export function graphCommand(act: Act): Command {
  const command = new Command('graph')
    .summary('draw Ingress, Services and Pods')
    .description('Draws which Ingress rules lead to which Services, and those to which Pods.');
  return withManifestOptions(command)
    .addOption(
      new Option('--format <format>', 'what to draw it as')
        .choices(['mermaid', 'svg', 'json'])
        .default('mermaid'),
    )
    .option('-o, --output <file>', 'where to write it, instead of standard output')
    .addHelpText('after', EXAMPLES)
    .action(act(run));
}

async function run(io: IO, options: GraphOptions): Promise<ExitCode> {
  const { loaded } = await loadFrom(options, io);
  const isFaulty = printErrors(loaded.compiled.diagnostics, io);
  const graph = graphOf(loaded, { namespace: options.namespace });
  const format = options.json ? 'json' : options.format;
  const text =
    format === 'json'
      ? jsonText(graph)
      : format === 'svg'
        ? formatSVG(graph)
        : formatMermaid(graph);
  await writeOutput(options.output, text, io);
  return isFaulty ? EXIT.findings : EXIT.fine;
}
