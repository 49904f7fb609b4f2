import { hostOf, isTaken, readinessOf, waysOf, type Way } from '@portolan/cli';
import { PLAIN, table } from '@portolan/terminal';
import type { Compiled } from 'portolan';

/** What `npm start` prints when it is ready: the address, the table of routes and three requests to try. */
export function welcome(compiled: Compiled, servers: number, url: URL): string {
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
    `${servers} stand-in servers · snapshot ${compiled.snapshot.version}`,
    '',
    ...requestsToTry(ways, url),
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
