/** What is asked: RFC 1035 section 4.1.2. */
export interface Question {
  /** As it was asked, in any case, without the trailing dot; a dot within a label as `\046`, as RFC 1035 section 5.1 writes it. */
  readonly name: string;
  /** `A`, `AAAA`, `SRV`, `ANY`; those without a name here as `TYPE65`: RFC 3597 section 5. */
  readonly type: string;
  /** `IN`; others are refused. */
  readonly class: string;
}

/** A record as it is told: RFC 1035 section 4.1.3. The class is IN. */
export interface ResourceRecord {
  /** Spelled as it was asked for: RFC 4343 section 4.1. */
  readonly name: string;
  /** Seconds. */
  readonly ttl: number;
  readonly data: RecordData;
}

export type RecordData =
  | { readonly type: 'A' | 'AAAA'; readonly address: string }
  | { readonly type: 'CNAME' | 'NS' | 'PTR'; readonly target: string }
  | {
      readonly type: 'SRV';
      readonly priority: number;
      readonly weight: number;
      readonly port: number;
      readonly target: string;
    }
  | { readonly type: 'TXT'; readonly text: string }
  | {
      readonly type: 'SOA';
      readonly mname: string;
      readonly rname: string;
      readonly serial: number;
      readonly refresh: number;
      readonly retry: number;
      readonly expire: number;
      /** Seconds that a negative answer may be kept: RFC 2308 section 4. */
      readonly minimum: number;
    };

/** What is answered to one question. */
export interface Answer {
  /** `REFUSED` where the name is in no zone of ours. */
  readonly rcode: 'NOERROR' | 'NXDOMAIN' | 'REFUSED';
  /** Whether the zone is ours: not where it is refused. */
  readonly authoritative: boolean;
  /** CNAME records on the way, and then what was asked for. */
  readonly answers: readonly ResourceRecord[];
  /** The SOA record of a negative answer: RFC 2308. */
  readonly authorities: readonly ResourceRecord[];
  /** The addresses of what SRV records lead to. */
  readonly additionals: readonly ResourceRecord[];
}
