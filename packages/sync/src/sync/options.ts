import type { ClusterOptions } from '../cluster/kube-config.ts';
import type { Via } from '../followed/followed.ts';
import type { Holdoff } from '../push/holdoff.ts';
import type { Timing } from '../reflector/timing.ts';

/** What is followed, and where it is sent. */
export interface SyncOptions extends ClusterOptions {
  /** What the cluster is called in the control plane: a DNS label. */
  readonly source: string;
  /**
   * Where the API of the control plane is: `https://worker.example/.portolan/kube`. Without TLS only on the machine's own
   * loopback addresses, since the token goes with every request.
   */
  readonly to: URL | string;
  /** A token of the role `admin`, or what gives the present one: it is asked with each request. */
  readonly token: string | (() => Promise<string> | string);
  /** `pods` by default: endpoints are Pods' addresses. `cluster-ip`: that of the Service. */
  readonly via?: Via;
  /** All by default. What has no namespace is followed in any case. */
  readonly namespaces?: readonly string[];
  readonly holdoff?: Holdoff;
  /** Of the Lease by which one of several side by side sends. */
  readonly lease?: {
    /** Whole seconds until another takes over from one that has gone; 15 by default. */
    readonly seconds?: number;
    /** Who this is; the machine's name and a random part by default. */
    readonly identity?: string;
  };
  /** Milliseconds after which all is sent again, to mend what others changed in the control plane; 10 minutes by default. */
  readonly resync?: number;
  readonly timing?: Partial<Timing>;
  /** Is told what happens, in lines for people; by default nobody is. */
  readonly log?: (line: string) => void;
}
