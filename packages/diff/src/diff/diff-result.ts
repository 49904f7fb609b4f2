import type { DNSRecord, Entrance } from '@portolan/core';
import type { TrafficSettings } from '@portolan/settings';

import type { Outcome } from '../outcome/outcome.ts';

/** What of an outcome can change. */
export type ChangeKind =
  /** Somebody answers on one side, and nobody, or only we ourselves, on the other. */
  | 'reachability'
  /** Another status or reason of our own, or another redirect. */
  | 'status'
  /** Another Service, port or protocol, or other weights. */
  | 'backend'
  /** The backend is asked for another path. */
  | 'path'
  /** Header fields or the host that the backend or the client gets to see. */
  | 'header'
  /** The same Service, answered by others, or by the same with another session affinity. */
  | 'endpoints';

/** A request that stands for all that are treated as it is on both sides. */
export interface Witness {
  readonly method: string;
  readonly url: string;
  /** Names are in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly entrance: Entrance;
  /** The client's address, where it matters. */
  readonly from?: string;
  /** The node and zone where it is received, where they matter. */
  readonly node?: string;
  readonly zone?: string;
}

/** Requests that change in one way. */
export interface Change {
  /** All that apply, in the order of `ChangeKind`. */
  readonly kinds: readonly ChangeKind[];
  readonly before: Outcome;
  readonly after: Outcome;
  /**
   * Which rule or Service takes them on each side, for people: `Ingress shop/web spec.rules[0].http.paths[1]`, or
   * `Service shop/web` at its own addresses.
   */
  readonly takenBy: { readonly before?: string; readonly after?: string };
  /** The most telling first: at least one, and at most as many as were asked for. */
  readonly witnesses: readonly Witness[];
  /** How many there are in all. */
  readonly witnessCount: number;
}

/** A name in DNS that is answered in another way. */
export interface DNSChange {
  readonly name: string;
  readonly type: DNSRecord['type'];
  /**
   * Sorted; empty: the name has no such records. Of stand-ins `2 × Deployment shop/cart`, of a cluster IP that no
   * manifest fixes `cluster IP`: which address they happen to have isn't compared.
   */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** What the annotations of one object say otherwise of how requests are treated. */
export interface SettingChange {
  /** `Service shop/cart`, `Ingress shop/web`. */
  readonly object: string;
  /** `firstByteTimeout` for the annotation `portolan.dev/first-byte-timeout`. */
  readonly name: keyof TrafficSettings;
  /** Times in milliseconds, sizes in bytes; absent: nothing is said. */
  readonly before?: SettingValue;
  readonly after?: SettingValue;
}

export type SettingValue = Required<TrafficSettings>[keyof TrafficSettings];

export interface Diff {
  /** The most severe kind first, then what clients outside see, then by the first witness. */
  readonly changes: readonly Change[];
  /** Sorted by name and type. */
  readonly dns: readonly DNSChange[];
  /** Of objects that both sides have. Sorted by object and name. */
  readonly settings: readonly SettingChange[];
  /** How many requests were put to both sides. What is plainly the same on both is not among them. */
  readonly compared: number;
  /** Whether every request that may change is stood for by one of them; see `Regions.complete`. */
  readonly complete: boolean;
}
