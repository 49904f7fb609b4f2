import { printable } from '@portolan/check';
import type { Compiled } from '@portolan/compile';
import { authority, objectKey } from '@portolan/core';
import type { FrontendKind, Host, HostFault, HostFrontend } from '@portolan/host';
import { formatDiagnostic } from '@portolan/manifests';
import { styleOf } from '@portolan/terminal';

import type { IO } from '../io/io.ts';
import type { AdminToken } from './admin-token.ts';

/** By which option a place is what it is. */
const OPTIONS: Readonly<Record<FrontendKind, string>> = {
  admin: '--admin',
  'cluster-ip': '--cluster-ips',
  dns: '--dns',
  'external-ip': '--node-address',
  'health-check': '--node-address',
  http: '--http',
  https: '--https',
  internal: '--internal',
  'load-balancer': '--load-balancer-address',
  'node-port': '--node-address',
};

/** Tells people what a host does: where it listens on standard output, what is amiss on standard error. */
export interface ServeReport {
  /** Tells what is to be said of manifests. */
  readonly manifests: (compiled: Compiled) => void;
  readonly warn: (message: string) => void;
  /** Tells where a host listens, from now on. */
  readonly begin: (host: Observed) => void;
  /** To be called when that may have changed: what is new is told. */
  readonly changed: () => void;
  /** Tells that everything is there. */
  readonly ready: (host: Observed, token: AdminToken) => void;
  /** Tells that it ends. */
  readonly draining: () => void;
}

/** What else can end TLS than something in front. */
const WITH_HTTPS = 'with --https it ends here, by the Secrets that spec.tls names';

type Observed = Pick<Host, 'faults' | 'frontends'>;

export interface ServeReportOptions {
  /** Print a line of JSON for each. */
  readonly json?: boolean;
  /** TLS ends here, not in front. */
  readonly endsTLS: boolean;
}

export function serveReport(io: IO, { json = false, endsTLS }: ServeReportOptions): ServeReport {
  let host: Observed | undefined;
  let open: ReadonlyMap<string, HostFrontend> = new Map();
  let faulty: ReadonlySet<string> = new Set();
  const { red } = styleOf(io.errTerminal);
  let told: Promise<void> = Promise.resolve();
  /** One thing after the other, and nobody waits for a reader who is slow. */
  const out = (text: string): void => {
    told = told.then(() => io.out(text));
  };
  const warn = (message: string): void => io.err(`${printable(message)}\n`);
  const tell = (event: 'closed' | 'listening', frontend: HostFrontend): void => {
    const line = `${event === 'closed' ? 'closed: ' : ''}${lineOf(frontend)}`;
    out(json ? jsonLine({ event, ...frontend }) : `${line}\n`);
  };
  const changed = (): void => {
    if (host === undefined) return;
    const before = open;
    open = new Map(host.frontends().map((each) => [lineOf(each), each]));
    for (const [line, each] of before) if (!open.has(line)) tell('closed', each);
    for (const [line, each] of open) if (!before.has(line)) tell('listening', each);
    const faults = new Set(host.faults().map(faultLine));
    for (const line of faults) if (!faulty.has(line)) io.err(`${red(line)}\n`);
    faulty = faults;
  };
  return {
    manifests: ({ diagnostics, kept }) => {
      for (const diagnostic of diagnostics) {
        const isAboutTLS = diagnostic.code === 'TLSNotTerminated';
        if (isAboutTLS && endsTLS) continue;
        const { message } = diagnostic;
        const said = isAboutTLS
          ? { ...diagnostic, message: `${message}; ${WITH_HTTPS}` }
          : diagnostic;
        const line = printable(formatDiagnostic(said));
        io.err(`${diagnostic.severity === 'error' ? red(line) : line}\n`);
      }
      for (const { resource } of kept) {
        warn(`kept as it was: ${resource.kind} ${objectKey(resource)}`);
      }
    },
    warn,
    begin: (begun) => {
      host = begun;
      changed();
    },
    changed,
    ready: ({ frontends }, { value, typed }) => {
      if (json) {
        const token = typed === value ? { token: value } : {};
        out(jsonLine({ event: 'ready', ...token }));
        return;
      }
      const admin = frontends().find(({ kind }) => kind === 'admin');
      if (admin !== undefined) {
        const url = `http://${authority(admin.hostname, admin.port)}/metrics`;
        out(`metrics: curl -H "Authorization: Bearer ${typed}" ${url}\n`);
      }
      out('ready\n');
    },
    draining: () => {
      host = undefined;
      out(json ? jsonLine({ event: 'draining' }) : 'draining\n');
    },
  };
}

function jsonLine(data: object): string {
  return `${JSON.stringify(data)}\n`;
}

function lineOf({ kind, protocol, hostname, port, service }: HostFrontend): string {
  const at = authority(hostname, port);
  if (kind === 'http' || kind === 'internal' || kind === 'admin') return `${kind} http://${at}`;
  if (kind === 'https') return `${kind} https://${at}`;
  return [kind.replace('-', ' '), protocol, at, ...(service === undefined ? [] : [service])].join(
    ' ',
  );
}

function faultLine({ code, message, ...frontend }: HostFault): string {
  const { kind, protocol, hostname, port, service } = frontend;
  const whose = service === undefined ? '' : ` for ${service}`;
  const what = `${kind.replace('-', ' ')}${whose}`;
  return `${what}: ${protocol} ${authority(hostname, port)} ${message} (${code}; ${OPTIONS[kind]})`;
}
