import { authority, EVERY_NODE } from '@portolan/core';
import { normalizePath } from '@portolan/routing';
import { styleOf, wrap, type Terminal } from '@portolan/terminal';

import type {
  ExplainedCandidate,
  ExplainedRequest,
  Explanation,
} from '../explanation/explanation.ts';
import { matchOf } from './match.ts';
import { counted, indented, line } from './section.ts';

/** The request, what becomes of it, and why. */
export function formatAnswer(explanation: Explanation, terminal: Terminal): readonly string[] {
  const { bold, dim } = styleOf(terminal);
  const { request } = explanation;
  const rows = reasonsOf(explanation).map(([label, text]) => [dim(label), text]);
  return [
    bold(`${request.method} ${request.url}`),
    ...circumstancesOf(request).map((text) => line(text, terminal)),
    wrap(`${arrow(explanation, terminal)} ${answerOf(explanation)}`, terminal, 2),
    ...(rows.length === 0 ? [] : ['', ...indented(rows, terminal)]),
  ];
}

function circumstancesOf({
  headers = {},
  entrance,
  from,
  node,
  zone,
}: ExplainedRequest): readonly string[] {
  const host = Object.entries(headers).find(([name]) => name.toLowerCase() === 'host')?.[1];
  const said = [
    ...(host === undefined ? [] : [`Host: ${host}`]),
    ...(from === undefined ? [] : [`from ${from}`]),
    ...(entrance === 'internal' ? ['inside the cluster'] : []),
    ...(node === undefined ? [] : [`at node ${node}`]),
    ...(zone === undefined ? [] : [`in zone ${zone}`]),
  ];
  return said.length === 0 ? [] : [said.join(', ')];
}

function arrow({ outcome }: Explanation, terminal: Terminal): string {
  const { green, yellow, red } = styleOf(terminal);
  return { forward: green, redirect: yellow, respond: red }[outcome]('→');
}

function answerOf(explanation: Explanation): string {
  const { outcome, service, endpoints, status, reason, message, location } = explanation;
  switch (outcome) {
    case 'forward': {
      const port = service?.port === undefined ? '' : `:${service.port}`;
      return `Service ${service?.namespace}/${service?.name}${port}, ${counted(endpoints.length, 'endpoint')}`;
    }
    case 'redirect':
      return `${status} ${location}`;
    case 'respond':
      return `${status} ${reason}: ${message}`;
  }
}

/** Labels, and what there is to be said under each. */
function reasonsOf(explanation: Explanation): readonly (readonly [string, string])[] {
  const { frontend, route, candidates, affinity, request, remedy, unreachable } = explanation;
  const winner = candidates?.find((candidate) => candidate.outcome === 'won');
  const path = pathChange(explanation);
  return [
    ...row('address', frontend && `${addressOf(frontend)} is the Service's own: no rule is asked`),
    ...row('rule', route && `${route.kind} ${route.namespace}/${route.name}, ${route.rule}`),
    ...row('why', winner && whyOf(winner)),
    ...row('path', path),
    ...row(
      'affinity',
      affinity &&
        `${request.from} keeps to ${authority(affinity.address, affinity.port)}: sessionAffinity is ClientIP`,
    ),
    ...row('but', unreachable),
    ...row('remedy', remedy),
  ];
}

function row(label: string, text: string | undefined): readonly (readonly [string, string])[] {
  return text === undefined ? [] : [[label, text]];
}

/** `external TCP *:30080` is a port of every node. */
function addressOf(frontend: string): string {
  const at = frontend.slice(frontend.lastIndexOf(' ') + 1);
  const colon = at.lastIndexOf(':');
  const [host, port] = [at.slice(0, colon), at.slice(colon + 1)];
  return host === EVERY_NODE ? `port ${port} of every node` : authority(host, Number(port));
}

function whyOf(winner: ExplainedCandidate): string {
  return winner.path === undefined ? winner.detail : `${matchOf(winner)}: ${winner.detail}`;
}

/** What became of the path on its way, if anything did. */
function pathChange({ request, target }: Explanation): string | undefined {
  if (target === undefined) return undefined;
  const { pathname } = new URL(request.url);
  const [path = ''] = target.split('?');
  if (path === pathname) return undefined;
  const how = path === normalizePath(pathname) ? 'normalised' : 'rewritten';
  return `${pathname} is ${how} to ${path}`;
}
