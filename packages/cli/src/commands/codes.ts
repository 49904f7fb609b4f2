import { CATALOGUE } from '@portolan/check';
import { styleOf, table, wrap } from '@portolan/terminal';
import { Command } from 'commander';

import type { IO } from '../io/io.ts';
import { jsonText } from '../io/json-text.ts';
import type { Act } from '../main/act.ts';
import { EXIT, type ExitCode } from '../main/exit-code.ts';
import { UsageError } from '../main/usage-error.ts';

interface CodesOptions {
  readonly json?: boolean;
}

/** What the codes of findings mean. */
export function codesCommand(act: Act): Command {
  return new Command('codes')
    .summary('look up what a code of `check` means')
    .description('Lists the codes of `check`, or says what one means and what to do about it.')
    .argument('[code]', 'such as ServiceSelectsNothing')
    .option('--json', 'print JSON, for machines')
    .action(act(run));
}

async function run(io: IO, code: string | undefined, options: CodesOptions): Promise<ExitCode> {
  const wanted = Object.entries(CATALOGUE).filter(
    ([each]) => code === undefined || each.toLowerCase() === code.toLowerCase(),
  );
  if (wanted.length === 0) throw new UsageError(`no finding has the code ${code}`);
  await io.out(options.json ? jsonText(Object.fromEntries(wanted)) : textOf(wanted, code, io));
  return EXIT.fine;
}

function textOf(
  wanted: readonly (readonly [string, (typeof CATALOGUE)[string]])[],
  code: string | undefined,
  { outTerminal }: IO,
): string {
  const { bold, dim } = styleOf(outTerminal);
  if (code === undefined) {
    const rows = wanted.map(([each, { severity, title }]) => [bold(each), dim(severity), title]);
    return `${table(rows, outTerminal).join('\n')}\n`;
  }
  return wanted
    .map(([each, { severity, title, explanation }]) =>
      [
        `${bold(each)} ${dim(severity)}`,
        wrap(title, outTerminal),
        '',
        wrap(explanation, outTerminal),
        '',
      ].join('\n'),
    )
    .join('\n');
}
