import type { Compiled } from '@portolan/compile';
import { authority, EVERY_NODE } from '@portolan/core';
import { decide, findService, type DecidedRoute, type Decision } from '@portolan/engine';

/** One way in: a rule, a default backend or a Service's own address. */
export interface Way {
  /** With a port where that matters; `*` for any. */
  readonly host: string;
  /** As written; empty for a default backend. */
  readonly path: string;
  /** Of the path, `default` for a default backend, `Service` for a Service's own address. */
  readonly type: string;
  /** `shop/cart:80`; several by weight. */
  readonly service: string;
  /** The rule that it is, such as `Ingress shop/web spec.rules[0]`; absent for a Service's own address. */
  readonly rule?: string;
  /** What becomes of a request that comes this way; absent where a regular expression leaves open which does. */
  readonly decision?: Decision;
}

/** All ways in from outside: rules in the order of their objects, then addresses of Services. */
export function waysOf(compiled: Compiled): readonly Way[] {
  return [...routeWays(compiled), ...frontendWays(compiled)].map((way) =>
    way.type === 'RegularExpression' ? way : { ...way, decision: decideFor(compiled, way) },
  );
}

/** Whether a request that comes this way is taken by it, and not by somebody who goes before it. */
export function isTaken({ decision, rule }: Way): boolean {
  const route = decision && 'route' in decision ? decision.route : undefined;
  return rule === (route && ruleName(route));
}

/** A host that the way's pattern stands for, without port. */
export function hostOf({ host }: Pick<Way, 'host'>): string {
  return host === '*' ? 'localhost' : host.replace(/^\*/, 'any');
}

/** How many endpoints answer, or why none does; `-` where requests like this go elsewhere; empty where no one can tell. */
export function readinessOf(way: Way): string {
  const { decision } = way;
  if (decision === undefined) return '';
  if (!isTaken(way)) return '-';
  if (decision.outcome === 'forward') return String(decision.endpoints.length);
  return decision.outcome === 'respond' ? decision.reason : decision.location;
}

function routeWays({ routes }: Compiled): readonly Way[] {
  return routes.flatMap(({ source, rules, defaultBackend }) => [
    ...rules.flatMap(({ host = '*', matches, backends, field }) =>
      matches.map(({ path }) => ({
        host,
        path: path.value,
        type: path.type,
        service: backends.map(backendName).join(', '),
        rule: ruleName({ ...source, rule: field }),
      })),
    ),
    ...(defaultBackend?.backends ?? []).map((backend) => ({
      host: '*',
      path: '',
      type: 'default',
      service: backendName(backend),
      rule: ruleName({ ...source, rule: defaultBackend?.field ?? '' }),
    })),
  ]);
}

function ruleName({ kind, namespace, name, rule }: DecidedRoute): string {
  return `${kind} ${namespace}/${name} ${rule}`;
}

function backendName({
  namespace,
  name,
  port,
}: {
  readonly namespace: string;
  readonly name: string;
  readonly port?: number | string;
}): string {
  return `${namespace}/${name}${port === undefined ? '' : `:${port}`}`;
}

/** Load balancer addresses and, at one address of one node, node ports. */
function frontendWays({ snapshot }: Compiled): readonly Way[] {
  const [node = ''] = Object.keys(snapshot.nodeAddresses);
  return Object.entries(snapshot.frontends).flatMap(([key, { service, portName }]) => {
    const [entrance, protocol, at = ''] = key.split(' ');
    if (entrance !== 'external' || protocol !== 'TCP') return [];
    const port = findService(snapshot, service)?.ports.find(({ name }) => name === portName)?.port;
    const colon = at.lastIndexOf(':');
    const address = at.slice(0, colon) === EVERY_NODE ? node : at.slice(0, colon);
    const host = authority(address, Number(at.slice(colon + 1)));
    return [{ host, path: '/', type: 'Service', service: `${service}:${port}` }];
  });
}

function decideFor({ snapshot }: Compiled, way: Way): Decision {
  const [host = '', port] = hostOf(way).split(/:(?=\d+$)/);
  return decide(snapshot, {
    method: 'GET',
    scheme: 'http',
    host,
    port: Number(port ?? 80),
    path: way.path || '/',
    query: '',
    headers: { get: () => null },
    entrance: 'external',
  });
}
