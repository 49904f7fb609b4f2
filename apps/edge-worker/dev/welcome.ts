import { authority, EVERY_NODE } from '@portolan/core';
import { decide, type Compiled, type DecidedRoute, type Decision } from 'portolan';

/** One way in, as a person would try it. */
interface Way {
  /** With a port where that matters; `*` for any. */
  readonly host: string;
  readonly path: string;
  readonly type: string;
  readonly service: string;
  /** The rule that it is, such as `Ingress shop/web spec.rules[0]`; absent for a Service's own address. */
  readonly rule?: string;
}

/** What `npm start` prints when it is ready: the address, the table of routes and three requests to try. */
export function welcome(compiled: Compiled, servers: number, url: URL): string {
  const ways = [...routeWays(compiled), ...frontendWays(compiled)];
  const lines = [
    `ready on ${url.origin}`,
    '',
    ...table([
      ['HOST', 'PATH', 'TYPE', 'SERVICE', 'READY'],
      ...ways.map((way) => [way.host, way.path, way.type, way.service, readiness(compiled, way)]),
    ]),
    '',
    `${servers} stand-in servers · snapshot ${compiled.snapshot.version}`,
    '',
    ...requestsToTry(compiled, ways, url),
    '',
  ];
  return lines.join('\n');
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

/** Load balancer addresses and, at one address of one node, node ports: what the external entrance has of Services' own. */
function frontendWays({ snapshot }: Compiled): readonly Way[] {
  const [node = ''] = Object.keys(snapshot.nodeAddresses);
  return Object.entries(snapshot.frontends).flatMap(([key, { service, portName }]) => {
    const [entrance, protocol, at = ''] = key.split(' ');
    if (entrance !== 'external' || protocol !== 'TCP') return [];
    const port = snapshot.services[service]?.ports.find(({ name }) => name === portName)?.port;
    const colon = at.lastIndexOf(':');
    const address = at.slice(0, colon) === EVERY_NODE ? node : at.slice(0, colon);
    const host = authority(address, Number(at.slice(colon + 1)));
    return [{ host, path: '/', type: 'Service', service: `${service}:${port}` }];
  });
}

/** How many endpoints answer, or why none does; `-` where requests like this go elsewhere; empty where no one can tell. */
function readiness(compiled: Compiled, way: Way): string {
  if (way.type === 'RegularExpression') return '';
  const decision = decideFor(compiled, way);
  if (!isTaken(decision, way)) return '-';
  if (decision.outcome === 'forward') return String(decision.endpoints.length);
  return decision.outcome === 'respond' ? decision.reason : decision.location;
}

function isTaken(decision: Decision, { rule }: Way): boolean {
  const route = 'route' in decision ? decision.route : undefined;
  return rule === (route && ruleName(route));
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
    headers: new Headers(),
    entrance: 'external',
  });
}

/** A host that the way's pattern stands for. */
function hostOf({ host }: Way): string {
  return host === '*' ? 'localhost' : host.replace(/^\*/, 'any');
}

/** Three requests that somebody answers, for different Services where there are as many. */
function requestsToTry(compiled: Compiled, ways: readonly Way[], url: URL): readonly string[] {
  const answered = ways.filter((way) => {
    if (way.type === 'RegularExpression') return false;
    const decision = decideFor(compiled, way);
    return decision.outcome === 'forward' && isTaken(decision, way);
  });
  const first = answered.filter(
    (way, index) => answered.findIndex(({ service }) => service === way.service) === index,
  );
  return [...new Set([...first, ...answered])].slice(0, 3).map((way) => {
    const header = way.host === '*' ? '' : `-H 'Host: ${hostOf(way)}' `;
    const target = `${url.origin}${way.path || '/'}`;
    return `curl ${header}${/^[\w:/.-]*$/.test(target) ? target : `'${target}'`}`;
  });
}

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
