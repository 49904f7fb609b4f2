import type { RequestFacts, Route } from '@portolan/routing';

/** A route that every router can be given: for GET, one host, one path. */
export interface SiteRoute {
  /** A DNS name, or `*.` and a DNS name: one more label in front. */
  readonly host: string;
  /** `PathPrefix` takes the path and all below it; the longest one wins. */
  readonly type: 'Exact' | 'PathPrefix';
  readonly path: string;
}

/** A request, and the index of the route that takes it; -1: none does. */
export interface Expected {
  readonly host: string;
  readonly path: string;
  readonly kind: Kind;
  readonly route: number;
}

export const KINDS = ['exact', 'prefix', 'deep', 'wildcard', 'missed path', 'missed host'] as const;
export type Kind = (typeof KINDS)[number];

/** `hosts`: ten routes each. `paths`: all at one host. */
export type Shape = 'hosts' | 'paths';

const ROUTES_OF_A_HOST = 10;
const PRODUCTS = ['shop', 'billing', 'search', 'media', 'identity', 'reports', 'support', 'maps'];
const RESOURCES = [
  ['orders', 'invoices', 'customers', 'products', 'sessions', 'payments', 'shipments', 'reviews'],
  ['items', 'comments', 'attachments', 'revisions', 'events', 'settings', 'members', 'labels'],
] as const;

/** The routes of a company with one product more and one host more wherever more is asked for. */
export function siteOf(shape: Shape, size: number): readonly SiteRoute[] {
  return Array.from({ length: size }, (_, index): SiteRoute => {
    const place = shape === 'hosts' ? index % ROUTES_OF_A_HOST : index;
    return { host: hostOf(shape, index), ...pathOf(place) };
  });
}

function hostOf(shape: Shape, index: number): string {
  if (shape === 'paths') return 'api.example.com';
  const number = Math.floor(index / ROUTES_OF_A_HOST);
  const name = `${PRODUCTS[number % PRODUCTS.length]}-${number}.example.com`;
  // One of four is for the tenants of a product.
  return number % 4 === 3 ? `*.${name}` : name;
}

/** Of ten, three are exact, four are prefixes with others of the same ten below them, and three stand alone. */
function pathOf(place: number): Pick<SiteRoute, 'type' | 'path'> {
  const group = Math.floor(place / ROUTES_OF_A_HOST);
  const base = group === 0 ? '/api' : `/${PRODUCTS[group % PRODUCTS.length]}-${group}/api`;
  const first = RESOURCES[0][group % 8] ?? '';
  const second = RESOURCES[1][Math.floor(group / 8) % 8] ?? '';
  const paths: readonly Pick<SiteRoute, 'type' | 'path'>[] = [
    { type: 'PathPrefix', path: `${base}/v1` },
    { type: 'PathPrefix', path: `${base}/v1/${first}` },
    { type: 'Exact', path: `${base}/v1/${first}/latest` },
    { type: 'PathPrefix', path: `${base}/v1/${first}/${second}` },
    { type: 'Exact', path: `${base}/healthz` },
    { type: 'PathPrefix', path: `${base}/v2/${second}/export` },
    { type: 'PathPrefix', path: `${base}/static/assets` },
    { type: 'PathPrefix', path: `${base}/v2` },
    { type: 'Exact', path: `${base}/robots.txt` },
    { type: 'PathPrefix', path: `${base}/internal/metrics` },
  ];
  return paths[place % ROUTES_OF_A_HOST] ?? { type: 'Exact', path: base };
}

const DEEP = '/2026/november/24/europe/north/warehouse-7/shelf-12/box-93';

/** `popular`: the nth most popular route is asked for n times less than the first. `even`: each as often as another. */
export type Traffic = 'popular' | 'even';

/**
 * Requests for routes anywhere in the site, of all kinds in turn and then shuffled; the same for the same site. What is expected is
 * what a scan of the routes of the host with the same first path element finds, by the sentences of the Ingress specification.
 */
export function requestsOf(
  routes: readonly SiteRoute[],
  count: number,
  traffic: Traffic,
): readonly Expected[] {
  const random = sequence(20_261_124);
  const byPopularity = shuffled(routes, random);
  const byBeginning = Map.groupBy(routes.entries(), ([, route]) => beginning(route));
  const requests = Array.from({ length: count }, (_, index): Expected => {
    const place = traffic === 'even' ? random() * routes.length : routes.length ** random() - 1;
    const route = byPopularity[Math.floor(place)];
    if (route === undefined) throw new RangeError('a site needs a route');
    const { path, kind, host } = requestFor(route, index, random);
    const wildcard = `*${host.slice(host.indexOf('.'))}`;
    const candidates =
      byBeginning.get(beginning({ host, path })) ??
      byBeginning.get(beginning({ host: wildcard, path })) ??
      [];
    return { host, path, kind, route: bestOf(candidates, path) };
  });
  return shuffled(requests, random);
}

/** The host and the first path element. No host of a site is another's wildcard's. */
function beginning({ host, path }: Pick<SiteRoute, 'host' | 'path'>): string {
  const end = path.indexOf('/', 1);
  return host + (end < 0 ? path : path.slice(0, end));
}

function requestFor(
  route: SiteRoute,
  index: number,
  random: () => number,
): Pick<Expected, 'host' | 'path' | 'kind'> {
  const id = Math.floor(random() * 100_000);
  const isWildcard = route.host.startsWith('*.');
  const host = isWildcard ? `tenant-${id}${route.host.slice(1)}` : route.host;
  const below = route.type === 'Exact' ? '' : `/${id}`;
  const hit = { host, path: `${route.path}${below}` };
  switch (index % 10) {
    case 0:
      return { host, path: `${route.path.replace('/api', '/web')}/${id}`, kind: 'missed path' };
    case 1:
      return { host: `unknown-${id}.example.org`, path: hit.path, kind: 'missed host' };
    case 2:
    case 3:
      return { host, path: `${hit.path}${below && DEEP}`, kind: kindOf(isWildcard, route, 'deep') };
    default:
      return { ...hit, kind: kindOf(isWildcard, route, 'prefix') };
  }
}

function kindOf(isWildcard: boolean, route: SiteRoute, kind: Kind): Kind {
  if (isWildcard) return 'wildcard';
  return route.type === 'Exact' ? 'exact' : kind;
}

function bestOf(candidates: Iterable<readonly [number, SiteRoute]>, path: string): number {
  let best = -1;
  let length = -1;
  for (const [index, route] of candidates) {
    if (route.type === 'Exact' && route.path === path) return index;
    const isBelow = path === route.path || path.startsWith(`${route.path}/`);
    if (route.type === 'PathPrefix' && isBelow && route.path.length > length) {
      best = index;
      length = route.path.length;
    }
  }
  return best;
}

/** As they come from a socket: every text of them is new, none was hashed or seen before. */
export function fresh(requests: readonly Expected[]): readonly RequestFacts[] {
  const bytes = Buffer.from(requests.map(({ host, path }) => host + path).join(''), 'latin1');
  let at = 0;
  const next = (length: number): string => bytes.toString('latin1', at, (at += length));
  return requests.map(({ host, path }) => ({
    method: 'GET',
    scheme: 'http',
    host: next(host.length),
    path: next(path.length),
    query: '',
    headers: NO_HEADERS,
  }));
}

const NO_HEADERS = new Headers();

/** What is given to `compileRoutes`: an object for each host. The field of a rule is the index of its route. */
export function portolanRoutes(routes: readonly SiteRoute[]): readonly Route[] {
  const byHost = Map.groupBy(routes.entries(), ([, { host }]) => host);
  return Array.from(byHost, ([host, own], number) => ({
    source: { kind: 'Ingress', namespace: 'default', name: `site-${number}` },
    rules: own.map(([index, { type, path }]) => ({
      field: String(index),
      host,
      matches: [{ path: { type, value: path }, method: 'GET' }],
      backends: [
        { group: '', kind: 'Service', namespace: 'default', name: 'web', port: 80, weight: 1 },
      ],
    })),
  }));
}

/** Numbers from 0 to 1 that look like chance and are the same for the same seed (mulberry32). */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function shuffled<Item>(items: readonly Item[], random: () => number): readonly Item[] {
  return items
    .map((item) => ({ item, place: random() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
