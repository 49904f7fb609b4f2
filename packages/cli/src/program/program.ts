import tab from '@bomb.sh/tab/commander';
import { Command } from 'commander';

import { checkCommand } from '../commands/check.ts';
import { codesCommand } from '../commands/codes.ts';
import { compileCommand } from '../commands/compile.ts';
import { diffCommand } from '../commands/diff.ts';
import { dnsCommand } from '../commands/dns.ts';
import { endpointsCommand } from '../commands/endpoints.ts';
import { explainCommand } from '../commands/explain.ts';
import { graphCommand } from '../commands/graph.ts';
import { initCommand } from '../commands/init.ts';
import { routesCommand } from '../commands/routes.ts';
import { serveCommand } from '../commands/serve.ts';
import { syncCommand } from '../commands/sync.ts';
import { testCommand } from '../commands/test.ts';
import type { IO } from '../io/io.ts';
import type { Act } from '../main/act.ts';
import { version } from './version.ts';

const GROUPS = {
  'Prove it before you ship it:': [explainCommand, checkCommand, testCommand, diffCommand],
  'Look around:': [routesCommand, endpointsCommand, dnsCommand, graphCommand, codesCommand],
  'Build on it:': [compileCommand, initCommand],
  'Run it:': [serveCommand],
  'Follow a cluster:': [syncCommand],
};

const EPILOGUE = `
Start with your own manifests:
  portolan explain https://shop.example/cart -f k8s/
  portolan check -f k8s/

Exit codes: 0 fine, 1 something was found, 2 the command was not understood.
Colours follow NO_COLOR and FORCE_COLOR. Options that don't change live in portolan.yaml.
`;

/** The command line as data: every command with its options and help. */
export function createProgram(io: IO, act: Act): Command {
  const program = new Command('portolan')
    .description(
      'Your Kubernetes Service and Ingress manifests, executable: know where every request goes.',
    )
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .addHelpText('after', EPILOGUE)
    .configureOutput({
      writeOut: (text) => void io.out(text),
      writeErr: io.err,
      getOutHelpWidth: () => Math.min(io.outTerminal.width, 100),
      getErrHelpWidth: () => Math.min(io.errTerminal.width, 100),
      getOutHasColors: () => io.outTerminal.colours,
      getErrHasColors: () => io.errTerminal.colours,
      outputError: (text, write) => write(text.replace(/^error: /, 'portolan: ')),
    })
    .showHelpAfterError('(portolan --help, or portolan COMMAND --help, says more)')
    .exitOverride();
  for (const [group, commands] of Object.entries(GROUPS)) {
    for (const create of commands) {
      const command = create(act).helpGroup(group);
      command.copyInheritedSettings(program);
      program.addCommand(command);
    }
  }
  tab(program);
  return program;
}
