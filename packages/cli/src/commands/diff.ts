import { diff, formatDiff, formatMarkdown } from '@portolan/diff';
import { Command, Option } from 'commander';

import { readConfiguration } from '../config/read-configuration.ts';
import { loadManifests, printErrors } from '../input/load-manifests.ts';
import { startProgress } from '../input/progress.ts';
import type { IO } from '../io/io.ts';
import { jsonText } from '../io/json-text.ts';
import { printableIn } from '../io/printable-in.ts';
import type { Act } from '../main/act.ts';
import { EXIT, type ExitCode } from '../main/exit-code.ts';
import { UsageError } from '../main/usage-error.ts';
import { withManifestOptions, type ManifestOptions } from '../options/manifest-options.ts';

interface DiffOptions extends ManifestOptions {
  readonly format: 'json' | 'markdown' | 'text';
}

const EXAMPLES = `
Examples:
  portolan diff old/ new/
  portolan diff main/k8s k8s --format markdown > comment.md
  git show HEAD:k8s/web.yaml | portolan diff - k8s/web.yaml
`;

/** Which requests change. */
export function diffCommand(act: Act): Command {
  const command = new Command('diff')
    .summary('say which requests change between two sets of manifests')
    .description(
      'Says which requests change between two sets of manifests: who answers, with what status, and what they see.',
    )
    .argument(
      '[paths...]',
      'the manifests before, and after: files, folders, URLs, or - for standard input',
    );
  return withManifestOptions(command)
    .addOption(
      new Option('--format <format>', 'how changes are printed')
        .choices(['text', 'json', 'markdown'])
        .default('text'),
    )
    .addHelpText('after', EXAMPLES)
    .action(act(run));
}

async function run(io: IO, given: readonly string[], options: DiffOptions): Promise<ExitCode> {
  const [old, young, ...more] = [...given, ...options.filename];
  if (old === undefined || young === undefined || more.length > 0) {
    throw new UsageError('expected two sets of manifests: those before, and those after');
  }
  if (old === '-' && young === '-') {
    throw new UsageError('standard input can be one side, not both');
  }
  const configuration = await readConfiguration(options.config);
  const before = await loadManifests([old], configuration, options, io);
  const after = await loadManifests([young], configuration, options, io);
  const faults = [before, after].map(({ compiled }) => printErrors(compiled.diagnostics, io));
  const progress = startProgress(io);
  progress.show('comparing');
  const result = diff(before, after);
  progress.end();
  const format = options.json ? 'json' : options.format;
  await io.out(
    format === 'json'
      ? jsonText(result)
      : format === 'markdown'
        ? formatMarkdown(printableIn(result))
        : formatDiff(printableIn(result), io.outTerminal),
  );
  const changes = result.changes.length + result.dns.length + result.settings.length;
  return changes > 0 || !result.complete || faults.includes(true) ? EXIT.findings : EXIT.fine;
}
