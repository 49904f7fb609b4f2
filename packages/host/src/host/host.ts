import type {
  ControlPlane,
  ControlPlaneOptions,
  LoadBalancerProvider,
} from '@portolan/control-plane';
import type { Resource } from '@portolan/core';
import type { GatewayOptions, Services } from '@portolan/gateway';
import type { Dialer, Handler, TLSCertificate } from '@portolan/proxy';
import type { ListenersOptions } from '@portolan/sockets';
import type { AccessLogOptions } from '@portolan/telemetry';

/** Where to listen. */
export interface ListenOptions {
  /** An IP literal. */
  readonly hostname: string;
  /** 0: any that is free. */
  readonly port: number;
}

/** What one JavaScript runtime serves HTTP with: `node()`, `deno()`, `bun()`. */
export interface HostRuntime {
  readonly name: 'bun' | 'deno' | 'node';
  /**
   * Serves HTTP, or HTTPS where `certificates` are given: they are asked for at each handshake, or, where the runtime can't, when
   * `reload` is called.
   *
   * @throws the system's error where it can't listen.
   */
  readonly serve: (handler: Handler, options: ServeHTTPOptions) => Promise<HTTPListener>;
  /** Ways to reach endpoints at IP addresses; those in `overrides`, which is asked each time, listen elsewhere in truth. */
  readonly dialers: (overrides: () => Overrides) => readonly Dialer[];
}

/** Endpoints that in truth listen elsewhere: `address:port` → `address:port`, IPv6 in brackets. */
export type Overrides = Readonly<Record<string, string>>;

export interface ServeHTTPOptions extends ListenOptions {
  readonly certificates?: () => readonly TLSCertificate[];
  /** Milliseconds that `close` leaves to requests under way. */
  readonly drain: number;
}

export interface HTTPListener extends ListenOptions {
  /** The certificates may be others: open connections go on. */
  readonly reload: () => void;
  readonly close: () => Promise<void>;
}

/** What a host keeps of what Services and Ingresses promise. Each entrance is off where it is absent. */
export interface HostOptions
  extends
    Pick<
      ControlPlaneOptions,
      | 'clusterDomain'
      | 'clusterIPRanges'
      | 'defaultBackend'
      | 'externalNames'
      | 'holdoff'
      | 'ingress'
      | 'nodePortRange'
      | 'tokens'
    >,
    Pick<GatewayOptions, 'sessionSecret' | 'settings' | 'trust' | 'zone'>,
    Pick<ListenersOptions, 'proxyProtocolFrom'> {
  readonly runtime: HostRuntime;
  /** Where Ingresses are served. */
  readonly http?: ListenOptions;
  readonly https?: ListenOptions;
  /** Answers requests over HTTP for hosts that have a certificate with 308 (Permanent Redirect) to HTTPS. */
  readonly redirectToHTTPS?: boolean;
  /** Where Services are reached over HTTP by their DNS names and cluster IPs: absolute-form, or the name as Host. */
  readonly internal?: ListenOptions;
  /** Where operators are answered: healthz, readyz, metrics, snapshot and the resource API. */
  readonly admin?: ListenOptions;
  /** A token for metrics and snapshot; without it they don't exist. */
  readonly adminToken?: string;
  /** Where cluster DNS is answered, over UDP and TCP. */
  readonly dns?: ListenOptions;
  /**
   * Addresses of this machine at which node ports are opened. Where no Node has one of them, this machine becomes a Node that
   * does.
   */
  readonly nodeAddresses?: readonly string[];
  /** The name of this machine's Node; by default that of the Node that has one of the addresses, else the machine's name. */
  readonly node?: string;
  /** Whether Services' cluster IPs are opened: those in 127.0.0.0/8 alone, since nobody but this machine reaches them. */
  readonly clusterIPs?: boolean;
  /** Addresses of this machine, ranges or CIDRs, that LoadBalancer Services are given and that are opened for them. */
  readonly loadBalancerAddresses?: readonly string[];
  /** Other providers of addresses for LoadBalancer Services; the first of all, beginning with this machine's, has those without a class. */
  readonly loadBalancers?: readonly LoadBalancerProvider[];
  /** Where requests are logged, and which; none are by default. */
  readonly accessLog?: AccessLogOptions;
  /** Milliseconds that `close` leaves to what is under way; 10 000 by default. */
  readonly drain?: number;
  /** Is told what people should know, such as a certificate that is none. What can't be listened at is a fault instead. */
  readonly warn?: (message: string) => void;
  /** Is told when `frontends` or `faults` tell something else than before. */
  readonly changed?: () => void;
}

/** A host that runs. */
export interface Host {
  /** Where it listens at present, for people and tests: what was asked for with port 0 has its number here. */
  readonly frontends: () => readonly HostFrontend[];
  /** Where it can't listen at present; it is tried again every some seconds. */
  readonly faults: () => readonly HostFault[];
  /**
   * Brings manifests in as all that there is. What can't be taken stays as it is, and is told. Resolves when it is served.
   *
   * @param standIns Where stand-in Pods in truth listen.
   */
  readonly update: (resources: readonly Resource[], standIns?: Overrides) => Promise<void>;
  readonly controlPlane: ControlPlane;
  /** Calls Services from inside: `fetch('http://cart.shop.svc.cluster.local/')`. */
  readonly services: Services;
  /** Stops listening, lets what is under way finish for as long as `drain` says, and ends. */
  readonly close: () => Promise<void>;
}

/** What a place is for. */
export type FrontendKind =
  | 'admin'
  | 'cluster-ip'
  | 'dns'
  | 'external-ip'
  | 'health-check'
  | 'http'
  | 'https'
  | 'internal'
  | 'load-balancer'
  | 'node-port';

/** A place where a client may knock. */
export interface HostFrontend extends ListenOptions {
  readonly kind: FrontendKind;
  readonly protocol: 'TCP' | 'UDP';
  /** `namespace/name`, where it is one Service's. */
  readonly service?: string;
}

/** A place where a client should be able to knock, and why it can't. */
export interface HostFault extends HostFrontend {
  /** The system's: `EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL`. */
  readonly code: string;
  readonly message: string;
}
