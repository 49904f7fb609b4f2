import type { ListenOptions } from '@portolan/host';

import type { AccessLog, ServeConfiguration } from '../config/serve-schema.ts';
import { UsageError } from '../main/usage-error.ts';
import type { ManifestOptions } from '../options/manifest-options.ts';
import { parseListenAddress } from './listen-address.ts';

/** The options of `portolan serve`, as commander gives them. */
export interface ServeCommandOptions extends ManifestOptions {
  readonly http?: string;
  readonly https?: string;
  readonly internal?: string;
  readonly dns?: string;
  readonly admin?: string;
  readonly redirectHttps?: true;
  readonly nodeAddress?: readonly string[];
  readonly node?: string;
  readonly zone?: string;
  readonly clusterIps?: true;
  readonly loadBalancerAddress?: readonly string[];
  readonly drain?: number;
  readonly accessLog?: AccessLog;
}

/** The places at which a host may listen on its own account. */
const ENTRANCES = ['http', 'https', 'internal', 'dns', 'admin'] as const;
type Entrances = Partial<Readonly<Record<(typeof ENTRANCES)[number], ListenOptions>>>;

/** What is to be served, and how: by the options, and for what they don't say by the configuration. */
export interface ServeSettings extends Entrances {
  readonly redirectToHTTPS: boolean;
  readonly nodeAddresses: readonly string[];
  readonly node?: string;
  readonly zone?: string;
  readonly clusterIPs: boolean;
  readonly loadBalancerAddresses: readonly string[];
  readonly standIns: boolean;
  /** Milliseconds. */
  readonly drain: number;
  readonly accessLog: AccessLog;
}

/** What is served where nobody says what. */
const DEFAULT: Entrances = { http: { hostname: '127.0.0.1', port: 8080 } };

/** @throws {UsageError} for an address that is none. */
export function serveSettings(
  options: ServeCommandOptions,
  configuration: ServeConfiguration = {},
): ServeSettings {
  const nodeAddresses = options.nodeAddress ?? configuration.nodeAddresses ?? [];
  const loadBalancerAddresses =
    options.loadBalancerAddress ?? configuration.loadBalancerAddresses ?? [];
  const clusterIPs = options.clusterIps ?? configuration.clusterIPs ?? false;
  const given = ENTRANCES.flatMap((name) => {
    const text = options[name] ?? configuration[name];
    return text === undefined ? [] : [[name, listenAt(name, text)] as const];
  });
  const isAnythingSaid =
    given.length > 0 || nodeAddresses.length > 0 || loadBalancerAddresses.length > 0 || clusterIPs;
  const entrances: Entrances = isAnythingSaid
    ? Object.fromEntries(given.filter(([, at]) => at !== 'off'))
    : DEFAULT;
  return {
    ...entrances,
    redirectToHTTPS: options.redirectHttps ?? configuration.redirectHTTPS ?? false,
    nodeAddresses,
    node: options.node ?? configuration.node,
    zone: options.zone ?? configuration.zone,
    clusterIPs,
    loadBalancerAddresses,
    standIns: options.standIns ?? configuration.standIns ?? false,
    drain: (options.drain ?? configuration.drain ?? 10) * 1000,
    accessLog: options.accessLog ?? configuration.accessLog ?? 'failures',
  };
}

function listenAt(name: string, text: string): ListenOptions | 'off' {
  try {
    return parseListenAddress(text);
  } catch (error) {
    throw new UsageError(`--${name} ${error instanceof Error ? error.message : String(error)}`);
  }
}
