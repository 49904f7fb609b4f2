import { Command, InvalidArgumentError, Option } from 'commander';

import { ACCESS_LOGS } from '../config/serve-schema.ts';
import type { IO } from '../io/io.ts';
import type { Act } from '../main/act.ts';
import type { ExitCode } from '../main/exit-code.ts';
import { collect, withManifests } from '../options/manifest-options.ts';
import type { ServeCommandOptions } from '../serve/serve-settings.ts';

const EXAMPLES = `
Examples:
  portolan serve -f k8s/
  portolan serve -f k8s/ --stand-ins --http 8080 --admin 9090
  portolan serve -f k8s/ --http 0.0.0.0:80 --https 0.0.0.0:443 --redirect-https
  portolan serve -f k8s/ --internal 8081 --dns 5300
  portolan serve -f k8s/ --node-address 127.0.0.1 --load-balancer-address 127.0.0.50-127.0.0.59

An address is a port of 127.0.0.1, or 0.0.0.0:8080, or [::]:8080; port 0 is any that is free, and off is none. Without any
place to listen at, Ingresses are served at 127.0.0.1:8080.
The token of metrics, snapshot and the resource API is PORTOLAN_TOKEN, or one that is made and printed. The key of affinity
cookies is made of PORTOLAN_SESSION_SECRET, or at random.
Manifests are read again when they change and on SIGHUP, once nobody has written to them for 100 ms; best put a whole new file in
place by renaming it. SIGTERM and SIGINT let what is under way finish; a second one ends it.
`;

/** Serves manifests on this machine. */
export function serveCommand(act: Act): Command {
  const command = new Command('serve')
    .summary('serve manifests on this machine')
    .description(
      'Serves Ingresses and Services on this machine, on Node, Deno or Bun, whichever runs the command.',
    );
  return withManifests(command)
    .option('--http <address>', 'serve Ingresses over HTTP')
    .option('--https <address>', 'serve them over HTTPS, with the certificates of spec.tls')
    .option('--redirect-https', 'redirect HTTP to HTTPS for hosts that have a certificate')
    .option('--internal <address>', 'reach Services by their DNS names and cluster IPs, over HTTP')
    .option('--dns <address>', 'answer cluster DNS, over UDP and TCP')
    .option('--admin <address>', 'answer healthz, readyz, metrics, snapshot and the resource API')
    .option(
      '--node-address <ip>',
      'open node ports at this address of this machine; may be given again',
      collect,
    )
    .option('--node <name>', "the name of this machine's Node")
    .option('--zone <name>', 'the zone that this machine is in')
    .option('--cluster-ips', 'open cluster IPs, those in 127.0.0.0/8')
    .option(
      '--load-balancer-address <addresses>',
      'an address of this machine, a range or a CIDR, for LoadBalancer Services; may be given again',
      collect,
    )
    .option('--stand-ins', 'start a local server for every Pod without an address')
    .option(
      '--drain <seconds>',
      'how long what is under way may go on at the end (default: 10)',
      seconds,
    )
    .addOption(
      new Option('--access-log <which>', 'which requests are logged (default: failures)').choices(
        ACCESS_LOGS,
      ),
    )
    .addHelpText('after', EXAMPLES)
    .action(act(run));
}

/** A host and what it is made of are loaded for this command alone. */
async function run(io: IO, options: ServeCommandOptions): Promise<ExitCode> {
  const { serve } = await import('../serve/serve.ts');
  return serve(io, options);
}

function seconds(text: string): number {
  const number = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(number)) throw new InvalidArgumentError('a number of seconds is expected');
  return number;
}
