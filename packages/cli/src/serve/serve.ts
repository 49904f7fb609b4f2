import { watchPaths } from '@portolan/files';
import { currentRuntime, startHost, type Host } from '@portolan/host';

import { readConfiguration } from '../config/read-configuration.ts';
import type { Configuration } from '../config/schema.ts';
import type { IO } from '../io/io.ts';
import { EXIT, type ExitCode } from '../main/exit-code.ts';
import { UsageError } from '../main/usage-error.ts';
import { manifestPaths } from '../options/manifest-options.ts';
import { adminToken, type AdminToken } from './admin-token.ts';
import { cloudflareProviders } from './cloudflare.ts';
import { serveManifests, type ServedManifests } from './serve-manifests.ts';
import { serveReport, type ServeReport } from './serve-report.ts';
import { serveSettings, type ServeCommandOptions, type ServeSettings } from './serve-settings.ts';
import { catchSignals } from './signals.ts';

/** Milliseconds until what could not be read is read again. */
const AGAIN = 5000;

/** Serves until it is asked to end. */
export async function serve(io: IO, options: ServeCommandOptions): Promise<ExitCode> {
  const configuration = await readConfiguration(options.config);
  const paths = manifestPaths(options, configuration);
  const settings = serveSettings(options, configuration.serve);
  const token = adminToken();
  const report = serveReport(io, { json: options.json, endsTLS: settings.https !== undefined });
  const host = await start(settings, configuration, { io, token, report });
  const signals = catchSignals();
  const served = serveManifests({
    host,
    paths,
    namespace: options.namespace,
    configuration,
    settings,
    onCompiled: report.manifests,
  });
  try {
    await served.reload();
    report.begin(host);
    if (host.frontends().length === 0 && host.faults().length > 0) return EXIT.findings;
    report.ready(host, token);
    await untilAsked(paths, served, signals, report);
    report.draining();
    return EXIT.fine;
  } finally {
    served.end();
    await host.close();
    await served.close();
    signals.end();
  }
}

interface Around {
  readonly io: IO;
  readonly token: AdminToken;
  readonly report: ServeReport;
}

async function start(
  settings: ServeSettings,
  configuration: Configuration,
  { io, token, report }: Around,
): Promise<Host> {
  const { PORTOLAN_SESSION_SECRET: sessionSecret } = process.env;
  const { accessLog: only, ...places } = settings;
  try {
    return await startHost({
      ...configuration,
      ...places,
      trust: configuration.serve?.trust,
      proxyProtocolFrom: configuration.serve?.proxyProtocolFrom,
      loadBalancers: await cloudflareProviders(configuration.serve ?? {}, io),
      runtime: await currentRuntime(),
      adminToken: token.value,
      tokens: [{ name: 'admin', role: 'admin', token: token.value }],
      ...(sessionSecret && { sessionSecret }),
      ...(only !== 'off' && {
        accessLog: { only, write: (line) => io.err(`${line}\n`) },
      }),
      warn: report.warn,
      changed: report.changed,
    });
  } catch (error) {
    // What an address, a range or a block is not.
    if (error instanceof RangeError) throw new UsageError(error.message);
    throw error;
  }
}

/** Reads the manifests again whenever that may be due, until the process is asked to end. */
async function untilAsked(
  paths: readonly string[],
  served: ServedManifests,
  signals: ReturnType<typeof catchSignals>,
  report: ServeReport,
): Promise<void> {
  const reload = (): void => {
    served.reload().catch((error: unknown) => {
      report.warn(error instanceof Error ? error.message : String(error));
    });
  };
  const endWatching = watchPaths(paths, reload);
  signals.onHangup(reload);
  const timer = setInterval(() => {
    if (!served.isWhole()) reload();
  }, AGAIN);
  await signals.asked;
  clearInterval(timer);
  endWatching();
}
