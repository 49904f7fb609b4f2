import { EVERY_NODE, type Entrance } from '@portolan/core';
import type { FrontendKey } from '@portolan/engine';

import type { Comparison } from '../compare/comparison.ts';
import type { Side } from '../side/side.ts';
import type { Place } from './frontend-at.ts';

/** The addresses of Services, of either side, at which the two don't plainly say the same. */
export function changedPlaces({ before, after }: Comparison): readonly Place[] {
  const snapshots = [before.snapshot, after.snapshot];
  const nodes = new Set(snapshots.flatMap(({ nodeAddresses }) => Object.keys(nodeAddresses)));
  const [nodesBefore, nodesAfter] = snapshots.map((each) => JSON.stringify(each.nodeAddresses));
  const changed = new Map<string, Place>();
  for (const key of new Set(snapshots.flatMap(({ frontends }) => frontendKeys(frontends)))) {
    const place = placeOf(key);
    if (place === undefined) continue;
    const isEveryNode = place.host === EVERY_NODE;
    const isSame = signatureAt(before, key) === signatureAt(after, key);
    if (isSame && (!isEveryNode || nodesBefore === nodesAfter)) continue;
    for (const host of isEveryNode ? nodes : [place.host]) {
      changed.set(`${place.entrance} ${host} ${place.port}`, { ...place, host });
    }
  }
  return [...changed.values()];
}

function signatureAt({ snapshot, signatures }: Side, key: FrontendKey): number {
  return signatures.frontend(snapshot.frontends[key]);
}

function frontendKeys(frontends: Readonly<Record<FrontendKey, unknown>>): readonly FrontendKey[] {
  return Object.keys(frontends).filter(isFrontendKey);
}

const KEY = /^(external|internal) TCP (.+):(\d+)$/;

/** HTTP comes over TCP: at other ports nobody asks `decide`. */
function isFrontendKey(key: string): key is FrontendKey {
  return KEY.test(key);
}

function placeOf(key: FrontendKey): Place | undefined {
  const [, entrance, host, port] = KEY.exec(key) ?? [];
  if (host === undefined || !isEntrance(entrance)) return undefined;
  return { entrance, host, port: Number(port) };
}

function isEntrance(text: string | undefined): text is Entrance {
  return text === 'external' || text === 'internal';
}
