import type { UpgradeWay } from '../dialer/dialer.ts';

/** A runtime that Portolan is to run on. */
export type Target = 'workers' | 'deno' | 'bun' | 'node';

/** What the plain `fetch` of a runtime can do for a proxy: known before anything is deployed. */
export interface TargetAbilities {
  /** The endpoint sees the Host header that the client sent. */
  readonly keepsHost: boolean;
  /** How a WebSocket upgrade is passed on. */
  readonly upgrades: UpgradeWay;
  /** IP literals may be dialled. Workers in production refuse them: error 1003. */
  readonly ipLiterals: boolean;
  /** Ports that are never connected to. */
  readonly blockedPorts: ReadonlySet<number>;
}

/** Source: Fetch standard section 2.9, port blocking. Node and Deno heed it, Bun and Workers don't. */
const BAD_PORTS: ReadonlySet<number> = new Set([
  0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102,
  103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465,
  512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993,
  995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668,
  6669, 6679, 6697, 10080,
]);

const NONE: ReadonlySet<number> = new Set();

/** What each runtime's `fetch` can do. */
export const TARGETS: Readonly<Record<Target, TargetAbilities>> = {
  workers: { keepsHost: false, upgrades: 'fetch', ipLiterals: false, blockedPorts: NONE },
  deno: { keepsHost: true, upgrades: 'host', ipLiterals: true, blockedPorts: BAD_PORTS },
  bun: { keepsHost: true, upgrades: 'host', ipLiterals: true, blockedPorts: NONE },
  node: { keepsHost: false, upgrades: 'host', ipLiterals: true, blockedPorts: BAD_PORTS },
};
