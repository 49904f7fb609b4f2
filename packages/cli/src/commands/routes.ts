import { printable } from '@portolan/check';
import { styleOf, table } from '@portolan/terminal';
import { Command } from 'commander';

import { printErrors } from '../input/load-manifests.ts';
import type { IO } from '../io/io.ts';
import { jsonText } from '../io/json-text.ts';
import type { Act } from '../main/act.ts';
import { EXIT, type ExitCode } from '../main/exit-code.ts';
import {
  loadFrom,
  withManifestOptions,
  type ManifestOptions,
} from '../options/manifest-options.ts';
import { isTaken, readinessOf, waysOf, type Way } from '../way/ways.ts';

const EXAMPLES = `
Examples:
  portolan routes -f k8s/

READY is how many endpoints answer, or why none does; - where a request for just this host and path goes elsewhere.
`;

/** Every way in. */
export function routesCommand(act: Act): Command {
  const command = new Command('routes')
    .summary('list hosts and paths with their Services')
    .description(
      'Lists every way in: rules, default backends, node ports and load balancer addresses.',
    );
  return withManifestOptions(command).addHelpText('after', EXAMPLES).action(act(run));
}

async function run(io: IO, options: ManifestOptions): Promise<ExitCode> {
  const { loaded } = await loadFrom(options, io);
  const isFaulty = printErrors(loaded.compiled.diagnostics, io);
  const ways = waysOf(loaded.compiled);
  if (options.json) {
    await io.out(jsonText({ routes: ways.map(plainWay) }));
  } else {
    const { bold, dim } = styleOf(io.outTerminal);
    const heading = ['HOST', 'PATH', 'TYPE', 'SERVICE', 'READY', 'RULE'].map(bold);
    const rows = ways.map((way) => [
      way.host,
      printable(way.path ?? ''),
      way.type,
      printable(way.service),
      readinessOf(way),
      dim(way.rule ?? ''),
    ]);
    await io.out(`${table([heading, ...rows], io.outTerminal).join('\n')}\n`);
  }
  return isFaulty ? EXIT.findings : EXIT.fine;
}

function plainWay({ decision, ...way }: Way): object {
  return {
    ...way,
    ...(decision && {
      taken: isTaken({ ...way, decision }),
      outcome: decision.outcome,
      ...(decision.outcome === 'forward' && { ready: decision.endpoints.length }),
      ...(decision.outcome === 'respond' && { reason: decision.reason }),
    }),
  };
}
