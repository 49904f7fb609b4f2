import { compileWithStandIns, type CompiledWithStandIns } from '@portolan/compile';
import type { Filter, Match, PathModifier, Route } from '@portolan/routing';
import * as fc from 'fast-check';

/** Two lists of routes, of which the second is an edit of the first. */
export interface RoutePair {
  readonly before: readonly Route[];
  readonly after: readonly Route[];
}

export const ROUTE_PATHS = ['/', '/a', '/a/', '/a/b', '/a/b/', '/n', '/n/b', '/b', '/ab'];
const HOSTS = ['a.com', 'b.a.com', '*.a.com', undefined];

/** Three Services with an endpoint each, one without, and a node port to meet the routes at. */
const SERVICES = ['one', 'two', 'none'].flatMap((name, index) => [
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'default' },
    spec: {
      type: index === 0 ? 'NodePort' : 'ClusterIP',
      ports: [{ port: 80, ...(index === 0 && { nodePort: 30080 }) }],
    },
  },
  {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name, namespace: 'default', labels: { 'kubernetes.io/service-name': name } },
    addressType: 'IPv4',
    endpoints: name === 'none' ? [] : [{ addresses: [`10.0.0.${index}`] }],
    ports: [{ port: 8080 }],
  },
]);

export function compiledRoutes(routes: readonly Route[]): CompiledWithStandIns {
  const sources = SERVICES.map((service, index) => ({
    name: `${index}.json`,
    text: JSON.stringify(service),
  }));
  const routeProviders = [{ routes: () => ({ routes, conditions: [] }) }];
  return compileWithStandIns(sources, { routeProviders });
}

const valueMatch = fc.oneof(
  fc.record({
    type: fc.constant('Exact' as const),
    name: fc.constantFrom('a', 'b'),
    value: fc.constantFrom('1', '2'),
  }),
  fc.record({
    type: fc.constant('RegularExpression' as const),
    name: fc.constantFrom('a', 'b'),
    value: fc.constantFrom('[12]', '1?', '.+'),
  }),
);

const queryParam = valueMatch.map((each) => ({ ...each, name: each.name === 'a' ? 'q' : 'p' }));

function matches(types: readonly Match['path']['type'][]): fc.Arbitrary<Match> {
  return fc.record({
    path: fc
      .record({
        type: fc.constantFrom(...types),
        path: fc.constantFrom(...ROUTE_PATHS),
        expression: fc.constantFrom('/a.*', '/[ab]', '/a|/n', '/n/.*'),
      })
      .map(({ type, path, expression }) => ({
        type,
        value: type === 'RegularExpression' ? expression : path,
      })),
    method: seldom(fc.constantFrom('GET', 'POST')),
    headers: seldom(fc.array(valueMatch, { minLength: 1, maxLength: 2 })),
    queryParams: seldom(fc.array(queryParam, { minLength: 1, maxLength: 2 })),
  });
}

function seldom<Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> {
  return fc.option(arbitrary, { nil: undefined, freq: 1 });
}

const fullPath = fc.record({
  type: fc.constant('ReplaceFullPath' as const),
  replaceFullPath: fc.constantFrom(...ROUTE_PATHS),
});
const prefix = fc.record({
  type: fc.constant('ReplacePrefixMatch' as const),
  replacePrefixMatch: fc.constantFrom(...ROUTE_PATHS),
});

const names = fc.constantFrom('a', 'A', 'b');
const named = fc.record({ name: names, value: fc.constantFrom('1', '2') });
const modifier = fc.record(
  {
    type: fc.constantFrom('RequestHeaderModifier' as const, 'ResponseHeaderModifier' as const),
    set: fc.array(named, { maxLength: 2 }),
    add: fc.array(named, { maxLength: 2 }),
    remove: fc.array(names, { maxLength: 2 }),
  },
  { requiredKeys: ['type'] },
);

function filters(path: fc.Arbitrary<PathModifier>): fc.Arbitrary<readonly Filter[]> {
  const redirect = fc.record(
    {
      type: fc.constant('RequestRedirect' as const),
      scheme: fc.constantFrom('http' as const, 'https' as const),
      hostname: fc.constantFrom('a.com', 'c.a.com', 'other.example', 'new.org'),
      port: fc.constantFrom(80, 443, 8080, 30_080),
      path,
      statusCode: fc.constantFrom(301 as const, 302 as const),
    },
    { requiredKeys: ['type'] },
  );
  const rewrite = fc.record(
    { type: fc.constant('URLRewrite' as const), hostname: fc.constantFrom('a.com', 'c.org'), path },
    { requiredKeys: ['type'] },
  );
  return fc.oneof(
    fc.constant([]),
    fc.tuple(redirect),
    fc.tuple(rewrite),
    fc.tuple(modifier),
    fc.tuple(rewrite, modifier, modifier),
  );
}

const backends = fc
  .array(
    fc.record({
      name: fc.constantFrom('one', 'one', 'two', 'two', 'none', 'gone'),
      kind: fc.constantFrom(...Array<string>(9).fill('Service'), 'Bucket'),
      weight: fc.constantFrom(0, 1, 1, 2),
    }),
    { minLength: 1, maxLength: 2 },
  )
  .map((all) => all.map((each) => ({ ...each, group: '', namespace: 'default', port: 80 })));

/** What a rule takes, and two ways of what becomes of it. Only where every match is a prefix may one be replaced. */
const rule = fc
  .oneof(
    fc.record({
      matches: fc.array(matches(['PathPrefix']), { minLength: 1, maxLength: 2 }),
      filters: fc.tuple(filters(fc.oneof(fullPath, prefix)), filters(fc.oneof(fullPath, prefix))),
    }),
    fc.record({
      matches: fc.array(matches(['Exact', 'PathPrefix', 'RegularExpression']), { maxLength: 2 }),
      filters: fc.tuple(filters(fullPath), filters(fullPath)),
    }),
  )
  .chain((given) =>
    fc.record({
      host: fc.constantFrom(...HOSTS),
      matches: fc.constant(given.matches),
      filters: fc.constant(given.filters),
      backends: fc.tuple(backends, backends),
      fate: fc.constantFrom('same', 'filters', 'filters', 'backends', 'came', 'went'),
      created: fc.constantFrom('2024-01-01T00:00:00Z', '2025-01-01T00:00:00Z'),
    }),
  );

/** Each rule may stay as it is, be changed, come or go. */
export const routePairs: fc.Arbitrary<RoutePair> = fc
  .array(rule, { minLength: 1, maxLength: 4 })
  .map((all) => {
    const side = (isAfter: boolean): readonly Route[] =>
      all.flatMap(({ fate, created, ...given }, index) => {
        if (fate === (isAfter ? 'went' : 'came')) return [];
        const source = { kind: 'Test', namespace: 'default', name: `r${index}` };
        const made = {
          field: 'rules[0]',
          host: given.host,
          matches: given.matches,
          filters: given.filters[isAfter && fate === 'filters' ? 1 : 0],
          backends: given.backends[isAfter && fate === 'backends' ? 1 : 0],
        };
        return [{ source: { ...source, creationTimestamp: created }, rules: [made] }];
      });
    return { before: side(false), after: side(true) };
  });

/** One rule, whose filters lead to few places, so that different ones often lead to the same. */
export const leadingPairs: fc.Arbitrary<RoutePair> = fc
  .boolean()
  .chain((isPrefix) => {
    const full = fc.record({
      type: fc.constant('ReplaceFullPath' as const),
      replaceFullPath: fc.constantFrom('/', '/a', '/a/b'),
    });
    const replaced = fc.record({
      type: fc.constant('ReplacePrefixMatch' as const),
      replacePrefixMatch: fc.constantFrom('/', '/a'),
    });
    const path = fc.option(isPrefix ? fc.oneof(full, replaced) : full, { nil: undefined });
    const leading: fc.Arbitrary<readonly Filter[]> = fc.oneof(
      fc.constant([]),
      fc.tuple(fc.record({ type: fc.constant('URLRewrite' as const), path })),
      fc.tuple(
        fc.record({
          type: fc.constant('RequestRedirect' as const),
          path,
          scheme: fc.constantFrom(undefined, undefined, 'http' as const, 'https' as const),
          hostname: fc.constantFrom(undefined, 'a.com', 'any.a.com', 'other.example'),
          port: fc.constantFrom(undefined, undefined, 80, 8080),
        }),
      ),
    );
    return fc.record({
      host: fc.constantFrom(...HOSTS),
      match: fc.constantFrom<Match>(
        ...(isPrefix ? ['/', '/a'] : ['/a|/b|/n', '/a.*']).map((value): Match => ({
          path: { type: isPrefix ? 'PathPrefix' : 'RegularExpression', value },
        })),
      ),
      filters: fc.tuple(leading, leading),
    });
  })
  .map(({ host, match, filters: [first, second] }) => {
    const side = (given: readonly Filter[]): readonly Route[] => [
      {
        source: { kind: 'Test', namespace: 'default', name: 'r' },
        rules: [{ field: 'rules[0]', host, matches: [match], filters: given, backends: [ONE] }],
      },
    ];
    return { before: side(first), after: side(second) };
  });

const ONE = { group: '', kind: 'Service', namespace: 'default', name: 'one', port: 80, weight: 1 };
