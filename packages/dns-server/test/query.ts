import { encode, type Packet } from 'dns-packet';

/** What dns-packet takes, with types and classes that it has names for and its types don't. */
interface Asked {
  readonly name?: string;
  readonly type?: string;
  readonly class?: string;
  readonly id?: number;
  readonly flags?: number;
  readonly edns?: {
    readonly udpPayloadSize?: number;
    readonly ednsVersion?: number;
    readonly flags?: number;
  };
}

/** A query as a client would send it. */
export function query({
  name = 'cart.shop.svc.cluster.local',
  type = 'A',
  class: of = 'IN',
  edns,
  ...header
}: Asked = {}): Uint8Array {
  const packet: object = {
    type: 'query',
    id: 0x1234,
    ...header,
    questions: [{ name, type, class: of }],
    additionals: edns ? [{ type: 'OPT', name: '.', udpPayloadSize: 4096, ...edns }] : [],
  };
  return encode(packet satisfies Packet);
}
