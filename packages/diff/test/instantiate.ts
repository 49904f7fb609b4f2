import type { ForwardDecision } from '@portolan/engine';
import { normalizePath } from '@portolan/routing';

import type { BackendOutcome, ForwardOutcome, Outcome } from '../src/outcome/outcome.ts';
import type { Probe } from '../src/probe/probe.ts';
import { forwarded, headersAfter, own, TIMES, type Observed } from './brute-force.ts';

/** What an outcome, as the README explains it, says that is observed of one request. */
export function instantiate(outcome: Outcome, probe: Probe): Observed {
  switch (outcome.outcome) {
    case 'respond':
      return new Map([[own(outcome.status, outcome.reason), TIMES]]);
    case 'redirect':
      return new Map([[own(outcome.status, location(outcome.location, probe)), TIMES]]);
    case 'forward': {
      const counts = new Map<string, number>();
      for (const backend of outcome.backends) {
        const text = textOf(outcome, backend, probe);
        counts.set(text, (counts.get(text) ?? 0) + Math.round(backend.share * TIMES));
      }
      return counts;
    }
  }
}

function textOf(
  { path, hostname, headers }: ForwardOutcome,
  backend: BackendOutcome,
  probe: Probe,
): string {
  if (backend.reason !== undefined) return own(503, backend.reason);
  return forwarded({
    service: backend.service,
    protocol: backend.appProtocol ?? 'http',
    path: pathOf(path, probe),
    hostname,
    headers: headersAfter(headers.map(filterOf)),
    endpoints: backend.endpoints.flatMap(oneByOne),
    isKept: backend.sessionAffinity === 'ClientIP' && probe.clientAddress !== undefined,
  });
}

function location(template: string, probe: Probe): string {
  const { scheme, host, port, query } = probe;
  const filled = template
    .replace('{origin}', '{scheme}://{host}:{port}')
    .replace('{scheme}', scheme)
    .replace('{host}', host)
    .replace('{port}', String(port));
  const [, origin = '', path = ''] = /^(\w+:\/\/[^/{]+)(.*)$/.exec(filled) ?? [];
  const wellKnown = origin.startsWith('https') ? ':443' : ':80';
  const start = origin.endsWith(wellKnown) ? origin.slice(0, -wellKnown.length) : origin;
  return `${start}${pathOf(path, probe)}${query === '' ? '' : `?${query}`}`;
}

function pathOf(template: string, { path }: Probe): string {
  const normal = normalizePath(path) ?? path;
  const filled = template
    .replace('{path as received}', path)
    .replace('{path}', normal)
    .replace(/\{path after (.*)\}/, (_, prefix: string) => normal.slice(prefix.length));
  return filled || '/';
}

/** `request set a: 1`, `response remove b`. */
function filterOf(text: string): ForwardDecision['filters'][number] {
  const [, message, verb = '', name = '', value = ''] =
    /^(\w+) (\w+) ([^:]+)(?:: (.*))?$/.exec(text) ?? [];
  const type = message === 'request' ? 'RequestHeaderModifier' : 'ResponseHeaderModifier';
  return { type, [verb]: verb === 'remove' ? [name] : [{ name, value }] };
}

/** `2 × Deployment shop/cart:80` stands for two. */
function oneByOne(endpoint: string): readonly string[] {
  const [, count, name] = /^(\d+) × \w+ (.*)$/.exec(endpoint) ?? [];
  return name === undefined ? [endpoint] : Array<string>(Number(count)).fill(name);
}
