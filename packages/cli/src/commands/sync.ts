import { readFileSync } from 'node:fs';

import type { Sync, SyncOptions, SyncStatus } from '@portolan/sync';
import { Command, InvalidArgumentError, Option } from 'commander';

import { fileFault } from '../io/file-fault.ts';
import type { IO } from '../io/io.ts';
import type { Act } from '../main/act.ts';
import { EXIT, type ExitCode } from '../main/exit-code.ts';
import { optionalPackage } from '../main/optional-package.ts';
import { UsageError } from '../main/usage-error.ts';

interface SyncCommandOptions {
  readonly to: string;
  readonly source: string;
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly tokenFile?: string;
  readonly via: 'cluster-ip' | 'pods';
  readonly namespace?: readonly string[];
  readonly holdoff: number;
  readonly maxHoldoff: number;
  readonly lease: number;
  readonly once?: true;
  readonly timeout: number;
}

const EXAMPLES = `
Examples:
  portolan sync --to https://worker.example/.portolan/kube --source east --token-file token
  portolan sync --to https://worker.example/.portolan/kube --source east --context prod --namespace shop
  portolan sync --to https://worker.example/.portolan/kube --source east --once

The token is one of the role admin. It stands in a file, which is read again with each request, or in PORTOLAN_TOKEN.
Several that are given the same source take turns: one sends, the others take over when it has gone.
SIGINT and SIGTERM end it.
`;

/** Keeps a control plane the same as a cluster. */
export function syncCommand(act: Act): Command {
  return new Command('sync')
    .summary('keep a control plane the same as a cluster')
    .description(
      "Follows a cluster's Services, EndpointSlices, Ingresses, IngressClasses, Nodes and the names of its TLS Secrets, and sends what changes to a control plane.",
    )
    .requiredOption('--to <url>', 'the API of the control plane')
    .requiredOption('--source <name>', 'what the cluster is called there: a DNS label')
    .option('--token-file <file>', 'the token for it, instead of PORTOLAN_TOKEN')
    .option(
      '--kubeconfig <file>',
      'the cluster; by default what kubectl takes, and within a cluster its service account',
    )
    .option('--context <name>', 'a context of the kubeconfig, instead of the current one')
    .addOption(
      new Option('--via <way>', 'how endpoints are reached')
        .choices(['pods', 'cluster-ip'])
        .default('pods'),
    )
    .option('-n, --namespace <name...>', 'follow these namespaces only')
    .option('--holdoff <milliseconds>', 'send when nothing changed for this long', whole, 200)
    .option('--max-holdoff <milliseconds>', 'but wait no longer than this', whole, 2000)
    .option('--lease <seconds>', 'how soon another takes over from one that has gone', whole, 15)
    .option('--once', 'send what is there, and end')
    .option('--timeout <seconds>', 'how long --once may take', whole, 60)
    .addHelpText('after', EXAMPLES)
    .action(act(run));
}

async function run(io: IO, options: SyncCommandOptions): Promise<ExitCode> {
  const sync = await start(io, options);
  const { promise: signal, resolve } = Promise.withResolvers<'signal'>();
  const onSignal = (): void => resolve('signal');
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  try {
    if (options.once === undefined) {
      await Promise.race([signal, sync.ended]);
      return EXIT.fine;
    }
    const ended = await Promise.race([signal, sync.ended, settled(sync, options.timeout)]);
    return report(io, sync.status(), ended === 'settled');
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
    await sync.close();
  }
}

async function start(io: IO, options: SyncCommandOptions): Promise<Sync> {
  const { kubeconfig, context, namespace, tokenFile } = options;
  const token = tokenFrom(tokenFile);
  const given: SyncOptions = {
    source: options.source,
    to: options.to,
    token,
    via: options.via,
    holdoff: { quiet: options.holdoff, maximum: options.maxHoldoff },
    lease: { seconds: options.lease },
    ...(kubeconfig !== undefined && { kubeconfig }),
    ...(context !== undefined && { context }),
    ...(namespace !== undefined && { namespaces: namespace }),
    log: (line) => io.err(`${new Date().toISOString()} ${line}\n`),
  };
  try {
    token();
    const { startSync } = await optionalPackage(
      () => import('@portolan/sync'),
      'sync is in a package of its own: npm install @portolan/sync',
    );
    return startSync(given);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** The token as it is at present. An argument would show it to everybody who lists processes. */
function tokenFrom(file: string | undefined): () => string {
  if (file !== undefined) {
    return () => {
      try {
        return readFileSync(file, 'utf8').trim();
      } catch (error) {
        throw fileFault(file, 'read', error);
      }
    };
  }
  const { PORTOLAN_TOKEN: token } = process.env;
  if (!token) throw new UsageError('which token? --token-file or PORTOLAN_TOKEN says it');
  return () => token;
}

async function settled(sync: Sync, seconds: number): Promise<'late' | 'settled'> {
  const { promise, resolve } = Promise.withResolvers<'late'>();
  const timer = setTimeout(() => resolve('late'), seconds * 1000);
  try {
    return await Promise.race([promise, sync.settled().then(() => 'settled' as const)]);
  } finally {
    clearTimeout(timer);
  }
}

/** What --once came to. */
function report(io: IO, status: SyncStatus, isSettled: boolean): ExitCode {
  const missing = status.followed.filter(({ state }) => state !== 'watching');
  for (const { resource, namespace = '', message = 'not listed' } of missing) {
    io.err(`${resource} ${namespace}: ${message}\n`);
  }
  for (const { ref, message } of status.refused) {
    io.err(`${ref.resource} ${ref.namespace}/${ref.name}: ${message}\n`);
  }
  for (const name of status.headless) io.err(`Service ${name}: headless, it has no cluster IP\n`);
  if (!isSettled) {
    const { failure, holder, isHolder } = status;
    const other = isHolder ? undefined : holder;
    io.err(`not sent: ${failure ?? (other ? `${other} sends` : 'not in time')}\n`);
    return EXIT.findings;
  }
  io.err(`sent: ${status.objects} objects\n`);
  return missing.length + status.refused.length > 0 ? EXIT.findings : EXIT.fine;
}

function whole(text: string): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(number)) throw new InvalidArgumentError('a whole number is expected');
  return number;
}
