import { described, mapping, optional, text } from '@portolan/document';
import type { HostOptions } from '@portolan/host';
import * as v from 'valibot';

import { LISTEN_ADDRESS, parseListenAddress } from '../serve/listen-address.ts';

/** What `portolan serve` is told by `portolan.yaml`. Where to listen is as people write it. */
export interface ServeConfiguration extends Pick<
  HostOptions,
  | 'clusterIPs'
  | 'loadBalancerAddresses'
  | 'node'
  | 'nodeAddresses'
  | 'proxyProtocolFrom'
  | 'trust'
  | 'zone'
> {
  readonly http?: string;
  readonly https?: string;
  readonly internal?: string;
  readonly dns?: string;
  readonly admin?: string;
  readonly redirectHTTPS?: boolean;
  readonly standIns?: boolean;
  /** Seconds. */
  readonly drain?: number;
  readonly accessLog?: AccessLog;
  readonly cloudflare?: CloudflareConfiguration;
}

/** Where LoadBalancer Services are kept by Cloudflare. */
interface CloudflareConfiguration {
  readonly accountID: string;
  readonly zoneID: string;
  readonly owner?: string;
  readonly baseURL?: string;
  readonly dryRun?: boolean;
}

export type AccessLog = 'all' | 'failures' | 'off';
export const ACCESS_LOGS: readonly AccessLog[] = ['all', 'failures', 'off'];

const BOOLEAN = 'must be true or false';
const SECONDS = 'must be a number of seconds, 0 or more';
const HOPS = 'must be a whole number, 0 or more';
const texts = v.array(text('must be a text'), 'must be a list of texts');

const listen = v.pipe(
  v.union([v.pipe(v.number(), v.transform(String)), v.string()], LISTEN_ADDRESS),
  v.check(isListenAddress, LISTEN_ADDRESS),
);

function isListenAddress(address: string): boolean {
  try {
    parseListenAddress(address);
    return true;
  } catch {
    return false;
  }
}

/** Of portolan serve; its options go before this. */
export const ServeSchema: v.GenericSchema<unknown, ServeConfiguration> = mapping({
  http: optional(
    listen,
    'Where Ingresses are served: a port of 127.0.0.1, or an address and a port.',
  ),
  https: optional(listen, 'Where they are served over TLS, with the certificates of spec.tls.'),
  internal: optional(listen, 'Where Services are reached by their DNS names and cluster IPs.'),
  dns: optional(listen, 'Where cluster DNS is answered, over UDP and TCP.'),
  admin: optional(listen, 'Where healthz, readyz, metrics, snapshot and the resource API are.'),
  redirectHTTPS: optional(
    v.boolean(BOOLEAN),
    'Whether HTTP is redirected to HTTPS for hosts that have a certificate.',
  ),
  nodeAddresses: optional(texts, 'Addresses of this machine at which node ports are opened.'),
  node: optional(text('must be a name'), "The name of this machine's Node."),
  zone: optional(text('must be a name'), 'The zone that this machine is in.'),
  clusterIPs: optional(v.boolean(BOOLEAN), 'Whether cluster IPs in 127.0.0.0/8 are opened.'),
  loadBalancerAddresses: optional(
    texts,
    'Addresses of this machine, ranges or CIDRs, for LoadBalancer Services.',
  ),
  cloudflare: optional(
    mapping({
      accountID: described(text('must be an id'), 'The account that pools and monitors are in.'),
      zoneID: described(text('must be an id'), 'The zone that host names are in.'),
      owner: optional(
        text('must be a name'),
        'Tells control planes that share an account from each other: a DNS label.',
      ),
      baseURL: optional(text('must be a URL'), "Where the API is, if not at Cloudflare's."),
      dryRun: optional(v.boolean(BOOLEAN), 'Whether it is only printed what would be changed.'),
    }),
    'Keeps LoadBalancer Services by Cloudflare Load Balancing; the token is CLOUDFLARE_API_TOKEN.',
  ),
  proxyProtocolFrom: optional(
    texts,
    'Address blocks of balancers in front that send PROXY protocol headers to node ports and load balancer addresses.',
  ),
  standIns: optional(
    v.boolean(BOOLEAN),
    'Whether local servers stand in for Pods without an address.',
  ),
  drain: optional(
    v.pipe(v.number(SECONDS), v.minValue(0, SECONDS)),
    'Seconds that requests and connections may go on when it ends; 10 by default.',
  ),
  accessLog: optional(
    v.picklist(ACCESS_LOGS, `must be one of ${ACCESS_LOGS.join(', ')}`),
    'Which requests are logged; failures by default.',
  ),
  trust: optional(
    mapping({
      hops: optional(
        v.pipe(v.number(HOPS), v.integer(HOPS), v.minValue(0, HOPS)),
        'How many proxies are in front, whatever their addresses.',
      ),
      cidrs: optional(texts, 'Address blocks of proxies in front.'),
    }),
    'The proxies in front whose word on a request counts: none by default.',
  ),
});
