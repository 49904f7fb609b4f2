import { compileRoutes, matchRoute, type RequestFacts } from '@portolan/routing';
import findMyWay from 'find-my-way';
import { RegExpRouter } from 'hono/router/reg-exp-router';
import { TrieRouter } from 'hono/router/trie-router';
import { Memoirist } from 'memoirist';
import { addRoute, createRouter, findRoute } from 'rou3';
import { compileRouter } from 'rou3/compiler';

import { portolanRoutes, type Shape, type SiteRoute } from './site.ts';

/** A router with its routes. */
export interface Built {
  /** Whatever it says of a request: this is timed. */
  readonly find: (request: RequestFacts) => unknown;
  /** The index of the route that this means; -1: none takes it. */
  readonly routeOf: (request: RequestFacts) => number;
}

export interface Router {
  readonly name: string;
  /** The package on npm, to say which version. */
  readonly packageName?: string;
  readonly build: (routes: readonly SiteRoute[]) => Built;
  /** With more routes of a site of this shape it isn't measured. */
  readonly most?: Readonly<Record<Shape, number>>;
  /** Why not. */
  readonly why?: string;
}

/** Finds the route for a path, with the index that it was given. */
interface PathRouter<Found> {
  readonly add: (path: string, type: SiteRoute['type'], index: number) => void;
  /** After the last route. */
  readonly done?: () => void;
  readonly find: (method: string, path: string) => Found;
}

/**
 * One path router for each host, in a Map, found by the host, then by the host without its first label. None of the peers takes
 * ten thousand hosts by itself; with the host as the first element of the path each lookup would have to join two texts.
 */
function byHost<Found>(
  create: () => PathRouter<Found>,
  routeOf: (found: Found) => number,
): Router['build'] {
  return (routes) => {
    const routers = new Map<string, PathRouter<Found>>();
    const wildcards = new Map<string, PathRouter<Found>>();
    for (const [index, { host, path, type }] of inOrder(routes)) {
      const map = host.startsWith('*.') ? wildcards : routers;
      const name = host.replace('*.', '');
      let router = map.get(name);
      if (router === undefined) map.set(name, (router = create()));
      router.add(path, type, index);
    }
    for (const map of [routers, wildcards]) for (const { done } of map.values()) done?.();
    const find = ({ method, host, path }: RequestFacts): Found | undefined =>
      (routers.get(host) ?? wildcards.get(host.slice(host.indexOf('.') + 1)))?.find(method, path);
    return {
      find,
      routeOf: (request) => {
        const found = find(request);
        return found === undefined ? -1 : routeOf(found);
      },
    };
  };
}

/** Exact first, then the longest: the order of precedence, which some routers take from the order of their routes. */
function inOrder(routes: readonly SiteRoute[]): readonly (readonly [number, SiteRoute])[] {
  return [...routes.entries()].toSorted(
    ([, a], [, b]) =>
      Number(a.type !== 'Exact') - Number(b.type !== 'Exact') || b.path.length - a.path.length,
  );
}

type HonoRouter = RegExpRouter<number> | TrieRouter<number>;

function hono(create: () => HonoRouter): Router['build'] {
  return byHost(
    () => {
      const router = create();
      return {
        // `/a/*` takes `/a` as well.
        add: (path, type, index) => router.add('GET', type === 'Exact' ? path : `${path}/*`, index),
        // It is built at the first lookup.
        done: () => router.match('GET', '/'),
        find: (method, path) => router.match(method, path),
      };
    },
    ([handlers]) => {
      const first: unknown = handlers[0]?.[0];
      return typeof first === 'number' ? first : -1;
    },
  );
}

export const ROUTERS: readonly Router[] = [
  {
    name: 'portolan',
    build: (routes) => {
      const { table } = compileRoutes(portolanRoutes(routes));
      return {
        find: (request) => matchRoute(table, request),
        routeOf: (request) => {
          const match = matchRoute(table, request);
          return match.outcome === 'matched' ? Number(match.field) : -1;
        },
      };
    },
  },
  {
    name: 'memoirist',
    packageName: 'memoirist',
    build: byHost(
      () => {
        const router = new Memoirist<number>();
        return {
          add: (path, type, index) => {
            router.add('GET', path, index);
            if (type === 'PathPrefix') router.add('GET', `${path}/*`, index);
          },
          find: (method, path) => router.find(method, path),
        };
      },
      (found) => found?.store ?? -1,
    ),
  },
  {
    name: 'rou3',
    packageName: 'rou3',
    build: byHost(
      () => {
        const router = createRouter<number>();
        return {
          add: (path, type, index) =>
            addRoute(router, 'GET', type === 'Exact' ? path : `${path}/**`, index),
          find: (method, path) => findRoute(router, method, path),
        };
      },
      (found) => found?.data ?? -1,
    ),
  },
  {
    name: 'rou3, compiled',
    packageName: 'rou3',
    most: { hosts: Infinity, paths: 10_000 },
    why: '100,000 routes at one host: their function is not compiled within a minute',
    build: byHost(
      () => {
        const router = createRouter<number>();
        let compiled: ((method: string, path: string) => { data: number } | undefined) | undefined;
        return {
          add: (path, type, index) =>
            addRoute(router, 'GET', type === 'Exact' ? path : `${path}/**`, index),
          done: () => {
            compiled = compileRouter(router);
          },
          find: (method, path) => compiled?.(method, path),
        };
      },
      (found) => found?.data ?? -1,
    ),
  },
  {
    name: 'find-my-way',
    packageName: 'find-my-way',
    build: byHost(
      () => {
        const router = findMyWay();
        return {
          add: (path, type, index) => {
            const handler = (): void => undefined;
            router.on('GET', path, handler, index);
            if (type === 'PathPrefix') router.on('GET', `${path}/*`, handler, index);
          },
          find: (_method, path) => router.find('GET', path),
        };
      },
      (found) => (found === null ? -1 : Number(found.store)),
    ),
  },
  {
    name: 'hono RegExpRouter',
    packageName: 'hono',
    build: hono(() => new RegExpRouter()),
    most: { hosts: Infinity, paths: 10_000 },
    why: '100,000 routes at one host: their regular expression is not made within a minute',
  },
  { name: 'hono TrieRouter', packageName: 'hono', build: hono(() => new TrieRouter()) },
  {
    name: 'URLPattern list',
    most: { hosts: 1000, paths: 1000 },
    why: 'more than 1,000 routes: each lookup tries one pattern after the other, a third of a millisecond for 1,000',
    build: (routes) => {
      const patterns = inOrder(routes).map(([index, { host, type, path }]) => ({
        index,
        pattern: new URLPattern({
          hostname: host.replace('*.', ':label.'),
          pathname: type === 'Exact' ? path : `${path}{/*}?`,
        }),
      }));
      const find = ({ host, path }: RequestFacts): (typeof patterns)[number] | undefined => {
        const request = { hostname: host, pathname: path };
        return patterns.find(({ pattern }) => pattern.test(request));
      };
      return { find, routeOf: (request) => find(request)?.index ?? -1 };
    },
  },
];
