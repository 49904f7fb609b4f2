import { authority } from '@portolan/core';
import { serveDNS } from '@portolan/dns-server';
import type { Snapshot } from '@portolan/engine';
import type { Handler, TLSCertificate } from '@portolan/proxy';

import type { Gateways } from '../gateways/gateways.ts';
import type { HostOptions, HTTPListener, ListenOptions, ServeHTTPOptions } from '../host/host.ts';
import { withHTTPSRedirect } from '../https-redirect/https-redirect.ts';
import { isLoopback } from '../local-address/local-address.ts';
import { createEntrance, type Entrance, type Opened } from './entrance.ts';

/** The places at which a host listens on its own account. */
export interface Entrances {
  /** Where clients of Services and Ingresses come. */
  readonly serving: readonly Entrance<Opened>[];
  /** Where operators come; absent where nobody wants it. */
  readonly admin: Entrance<Opened> | undefined;
  /** To be called when there are other certificates. */
  readonly reload: () => void;
}

export interface EntrancesOptions extends Pick<
  HostOptions,
  | 'admin'
  | 'dns'
  | 'drain'
  | 'http'
  | 'https'
  | 'internal'
  | 'redirectToHTTPS'
  | 'runtime'
  | 'trust'
> {
  readonly snapshot: () => Snapshot;
  readonly gateways: Gateways;
  readonly adminHandler: Handler;
  readonly certificates: () => readonly TLSCertificate[];
  readonly warn: (message: string) => void;
}

/** Nothing is open yet. */
export function createEntrances(options: EntrancesOptions): Entrances {
  const { runtime, gateways, certificates, trust, dns, snapshot, warn, drain = 10_000 } = options;
  const entrance = (
    kind: 'admin' | 'http' | 'https' | 'internal',
    handler: Handler,
    more: Partial<ServeHTTPOptions> = {},
  ): Entrance<HTTPListener> | undefined => {
    const at: ListenOptions | undefined = options[kind];
    if (at === undefined) return undefined;
    const listen = (): Promise<HTTPListener> => runtime.serve(handler, { ...at, drain, ...more });
    return createEntrance({ kind, protocol: 'TCP', ...at }, listen);
  };
  const https = entrance('https', gateways.external, { certificates });
  const port = (): number | undefined => https?.listening()?.port;
  const redirecting = options.redirectToHTTPS
    ? withHTTPSRedirect(gateways.external, { certificates, port, trust })
    : gateways.external;
  const resolver =
    dns &&
    createEntrance(
      { kind: 'dns', protocol: 'UDP', ...dns },
      () =>
        serveDNS({
          ...dns,
          snapshot,
          random: Math.random,
          onError: (error) => warn(`DNS: ${String(error)}`),
        }),
      ['TCP'],
    );
  const all = [
    entrance('http', redirecting),
    https,
    entrance('internal', gateways.internal),
    resolver,
  ];
  return {
    serving: all.filter((each) => each !== undefined),
    admin: entrance('admin', options.adminHandler),
    reload: () => https?.listening()?.reload(),
  };
}

/** What people should know who let others than this machine come to the inside. */
export function exposed(internal: ListenOptions | undefined): readonly string[] {
  if (internal === undefined || isLoopback(internal.hostname)) return [];
  const at = authority(internal.hostname, internal.port);
  return [`every Service, as if from inside, is open to whoever reaches ${at}`];
}
