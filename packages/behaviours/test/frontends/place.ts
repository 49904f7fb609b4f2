/** A runtime that runs `portolan serve`, and where it does so: an address of this machine for each, so that ports don't meet. */
export interface Place {
  readonly runtime: 'bun' | 'deno' | 'node';
  /** The node's address; entrances listen there too. */
  readonly node: string;
  /** Where the Pods are: nobody else's address. */
  readonly pods: { readonly web: string; readonly redis: string; readonly names: string };
  readonly clusterIPs: { readonly range: string; readonly redis: string; readonly names: string };
  /** The load balancer's pool. */
  readonly balancers: string;
}

function place(runtime: Place['runtime'], number: number): Place {
  const own = `127.0.${number}`;
  const range = `127.${90 + number}`;
  return {
    runtime,
    node: `${own}.1`,
    pods: { web: `${own}.101`, redis: `${own}.102`, names: `${own}.103` },
    clusterIPs: { range: `${range}.0.0/16`, redis: `${range}.0.10`, names: `${range}.0.11` },
    balancers: `${own}.50-${own}.59`,
  };
}

export const PLACES: readonly Place[] = [place('node', 81), place('deno', 82), place('bun', 83)];

/** The ports that entrances have in every place. */
export const PORTS = { http: 8080, https: 8443, dns: 5353, internal: 8081, admin: 9090 } as const;
