/** What all servers are asked about: a namespace of Services with a cluster IP and a named port each. */

/** How many there are. */
const SERVICES = 1000;

/** Seconds that answers may be kept. */
export const TTL = 5;

const SUFFIX = 'shop.svc.cluster.local';

export interface ServiceNames {
  /** In the namespace. */
  readonly label: string;
  readonly name: string;
  /** Of its port `http`. */
  readonly portName: string;
  /** Like it, and nobody’s. */
  readonly missing: string;
  readonly address: string;
}

export const ZONE: readonly ServiceNames[] = Array.from({ length: SERVICES }, (_, index) => {
  const label = `cart-${index}`;
  return {
    label,
    name: `${label}.${SUFFIX}`,
    portName: `_http._tcp.${label}.${SUFFIX}`,
    missing: `none-${index}.${SUFFIX}`,
    address: `10.96.${Math.floor(index / 250)}.${1 + (index % 250)}`,
  };
});

/** What the names of ports lead to, besides the name. */
export const SRV = { priority: 0, weight: 100, port: 80 } as const;

/** What is asked, and what the answer is known by. */
export interface Kind {
  readonly name: 'A' | 'NXDOMAIN' | 'SRV';
  /** RFC 1035 section 3.2.2, RFC 2782. */
  readonly type: number;
  readonly names: readonly string[];
  readonly rcode: number;
  readonly answers: number;
}

export const KINDS: readonly Kind[] = [
  { name: 'A', type: 1, names: ZONE.map(({ name }) => name), rcode: 0, answers: 1 },
  { name: 'SRV', type: 33, names: ZONE.map(({ portName }) => portName), rcode: 0, answers: 1 },
  { name: 'NXDOMAIN', type: 1, names: ZONE.map(({ missing }) => missing), rcode: 3, answers: 0 },
];
