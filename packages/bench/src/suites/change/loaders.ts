import { SNAPSHOT_FORMAT, type Snapshot } from '@portolan/engine';
import { matchRoute } from '@portolan/routing';
import { Memoirist } from 'memoirist';
import { addRoute, createRouter, findRoute } from 'rou3';

import type { Row } from '../../suite/suite.ts';

/** Finds the name of the Service that a host and path go to. */
type Find = (host: string, path: string) => string | undefined;

/** Makes of a text, as it was compiled ahead, something that finds routes. */
export interface Loader {
  readonly name: string;
  readonly role: Row['role'];
  /** What it loads: a Snapshot, or a list of `PeerRoute`, since peers have no format of their own to load. */
  readonly reads: 'list' | 'snapshot';
  readonly load: (text: string) => Find;
}

/** A host, a prefix, and the name of a Service. */
export type PeerRoute = readonly [string, string, string];

export const LOADERS: readonly Loader[] = [
  { name: 'portolan', role: 'ours', reads: 'snapshot', load: portolan },
  { name: 'JSON.parse of the Snapshot', role: 'limit', reads: 'snapshot', load: parseAlone },
  { name: 'rou3', role: 'peer', reads: 'list', load: rou3 },
  { name: 'memoirist', role: 'peer', reads: 'list', load: memoirist },
];

function portolan(text: string): Find {
  const snapshot = read(text);
  if (snapshot.format !== SNAPSHOT_FORMAT) throw new Error('another format');
  return (host, path) => {
    const facts = {
      scheme: 'http',
      method: 'GET',
      query: '',
      headers: { get: () => null },
    } as const;
    const match = matchRoute(snapshot.routes, { ...facts, host, path });
    return match.outcome === 'matched' ? match.backends[0]?.name : undefined;
  };
}

/** It finds nothing, and looks into the Snapshot for the answer. */
function parseAlone(text: string): Find {
  const { routes } = read(text);
  return (host) => {
    const place = routes.hosts.indexOf(host);
    const rule = routes.rules.find((each) => each.host === place);
    return routes.actions[rule?.action ?? -1]?.backends[0]?.name;
  };
}

function rou3(text: string): Find {
  const router = createRouter<string>();
  for (const [host, path, service] of readList(text)) {
    addRoute(router, 'GET', `/${host}${path === '/' ? '' : path}/**`, service);
  }
  return (host, path) => findRoute(router, 'GET', `/${host}${path}`)?.data;
}

function memoirist(text: string): Find {
  const router = new Memoirist<string>();
  for (const [host, path, service] of readList(text)) {
    const prefix = `/${host}${path === '/' ? '' : path}`;
    if (path !== '/') router.add('GET', prefix, service);
    router.add('GET', `${prefix}/*`, service);
  }
  return (host, path) => router.find('GET', `/${host}${path}`)?.store;
}

function read(text: string): Snapshot {
  return JSON.parse(text);
}

function readList(text: string): readonly PeerRoute[] {
  return JSON.parse(text);
}
