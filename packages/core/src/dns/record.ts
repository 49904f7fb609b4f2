/**
 * DNS records as data: owner names and targets are absolute, lower case and without the trailing dot.
 *
 * Source: Kubernetes DNS-Based Service Discovery, 1.1.0.
 */
export type DNSRecord =
  | { readonly type: 'A' | 'AAAA'; readonly name: string; readonly address: string }
  | { readonly type: 'CNAME'; readonly name: string; readonly target: string }
  | { readonly type: 'PTR'; readonly name: string; readonly target: string }
  | {
      readonly type: 'SRV';
      readonly name: string;
      readonly target: string;
      readonly port: number;
      readonly priority: number;
      readonly weight: number;
    };
