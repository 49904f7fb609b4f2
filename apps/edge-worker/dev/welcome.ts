import { hostOf, isTaken, readinessOf, waysOf, type Way } from '@portolan/cli';
import { PLAIN, table } from '@portolan/terminal';
import type { Compiled } from 'portolan';

import type { AdminToken } from './admin-token.ts';

/** What runs. */
export interface Started {
  /** Stand-ins. */
  readonly servers: number;
  /** Of the Snapshot that is served. */
  readonly version: string;
  readonly url: URL;
  readonly token: AdminToken;
  /** Has kubectl find the resource API. */
  readonly exportLine: string;
}

/** What `npm start` prints when it is ready: the address, the table of routes, three requests to try, metrics, map and kubectl. */
export function welcome(
  compiled: Compiled,
  { servers, version, url, token, exportLine }: Started,
): string {
  const ways = waysOf(compiled);
  const lines = [
    `ready on ${url.origin}`,
    '',
    ...table(
      [
        ['HOST', 'PATH', 'TYPE', 'SERVICE', 'READY'],
        ...ways.map((way) => [way.host, way.path, way.type, way.service, readinessOf(way)]),
      ],
      PLAIN,
    ),
    '',
    `${servers} stand-in servers · snapshot ${version}`,
    '',
    ...requestsToTry(ways, url),
    '',
    `metrics: curl -H "Authorization: Bearer ${token.typed}" ${url.origin}/.portolan/metrics`,
    `map: ${url.origin}/.portolan/map, with any user name and the token as password`,
    `kubectl: ${exportLine}`,
    '',
  ];
  return lines.join('\n');
}

/** Three requests that somebody answers, for different Services where there are as many. */
function requestsToTry(ways: readonly Way[], url: URL): readonly string[] {
  const answered = ways.filter((way) => way.decision?.outcome === 'forward' && isTaken(way));
  const first = answered.filter(
    (way, index) => answered.findIndex(({ service }) => service === way.service) === index,
  );
  return [...new Set([...first, ...answered])].slice(0, 3).map((way) => {
    const header = way.host === '*' ? '' : `-H 'Host: ${hostOf(way)}' `;
    const target = `${url.origin}${way.path || '/'}`;
    return `curl ${header}${/^[\w:/.-]*$/.test(target) ? target : `'${target}'`}`;
  });
}
