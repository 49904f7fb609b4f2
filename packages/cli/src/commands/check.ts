import {
  check,
  formatFindings,
  formatGitHub,
  formatSARIF,
  PRICES,
  silence,
  withPrices,
  type Finding,
} from '@portolan/check';
import type { Target } from '@portolan/proxy';
import { Command, Option } from 'commander';

import { SEVERITIES } from '../config/check-schema.ts';
import { configuredDialers } from '../config/dialers.ts';
import { CONFIGURATION_FILE } from '../config/read-configuration.ts';
import type { Loaded } from '../input/load-manifests.ts';
import type { IO } from '../io/io.ts';
import { jsonText } from '../io/json-text.ts';
import type { Act } from '../main/act.ts';
import { EXIT, type ExitCode } from '../main/exit-code.ts';
import {
  loadFrom,
  withManifestOptions,
  type ManifestOptions,
} from '../options/manifest-options.ts';
import { targetOption } from '../options/request-options.ts';

interface CheckOptions extends ManifestOptions {
  readonly target?: Target;
  readonly format: 'github' | 'json' | 'sarif' | 'text';
  readonly failOn?: Finding['severity'];
}

const EXAMPLES = `
Examples:
  portolan check -f k8s/
  portolan check -f k8s/ --target workers
  portolan check -f k8s/ --format github
  portolan check -f k8s/ --format sarif > portolan.sarif
  helm template ./chart | portolan check -f -

What a code means: portolan codes CODE. What is known and wanted is silenced in portolan.yaml:
  check:
    silence:
      - HostWithoutTLS
      - { code: AnnotationNotHonoured, object: Ingress shop/web, field: '*proxy-body-size*' }
`;

/** Everything wrong or doubtful. */
export function checkCommand(act: Act): Command {
  const command = new Command('check')
    .summary('find everything wrong or doubtful, with its place')
    .description(
      'Finds everything wrong or doubtful about manifests, each with its place and a code.',
    );
  return withManifestOptions(command)
    .addOption(targetOption())
    .addOption(
      new Option('--format <format>', 'how findings are printed')
        .choices(['text', 'json', 'github', 'sarif'])
        .default('text'),
    )
    .addOption(
      new Option(
        '--fail-on <severity>',
        'the least severity to exit with 1 for, warning by default',
      ).choices(SEVERITIES),
    )
    .addHelpText('after', EXAMPLES)
    .action(act(run));
}

async function run(io: IO, options: CheckOptions): Promise<ExitCode> {
  const { loaded, configuration } = await loadFrom(options, io);
  const target = options.target ?? configuration.target;
  const all = check(loaded, {
    target,
    dialers: configuredDialers(configuration, target),
    prices: withPrices(PRICES, configuration.check?.prices ?? []),
  });
  const { findings, silenced, unused } = silence(all, configuration.check?.silence ?? []);
  for (const rule of unused) {
    io.err(
      `${options.config ?? CONFIGURATION_FILE}: check.silence: nothing to silence for ${JSON.stringify(rule)}\n`,
    );
  }
  const format = options.json ? 'json' : options.format;
  await io.out(printed(format, findings, silenced, loaded, io));
  const least = SEVERITIES.indexOf(options.failOn ?? configuration.check?.failOn ?? 'warning');
  const isFailing = findings.some(({ severity }) => SEVERITIES.indexOf(severity) <= least);
  return isFailing ? EXIT.findings : EXIT.fine;
}

function printed(
  format: CheckOptions['format'],
  findings: readonly Finding[],
  silenced: number,
  { sources }: Loaded,
  { outTerminal }: IO,
): string {
  switch (format) {
    case 'text':
      return linesOf(formatFindings(findings, outTerminal, { sources }));
    case 'json':
      return jsonText({ findings, silenced });
    case 'github':
      return linesOf(formatGitHub(findings));
    case 'sarif':
      return linesOf(formatSARIF(findings));
  }
}

function linesOf(text: string): string {
  return text === '' ? '' : `${text}\n`;
}
