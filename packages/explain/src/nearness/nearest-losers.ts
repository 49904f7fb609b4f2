import { normalizeHost, normalizePath, type LossReason } from '@portolan/routing';

import type { ExplainedCandidate, ExplainedRequest } from '../explanation/explanation.ts';
import { sharedStart } from './shared-start.ts';

/** Of rules that lost those whose host fits the request, those that came closest first. */
export function nearestLosers(
  losers: readonly ExplainedCandidate[],
  request: ExplainedRequest,
): readonly ExplainedCandidate[] {
  const { host, pathname } = receivedURL(request);
  const parent = host.replace(/^[^.]+/, '*');
  const path = normalizePath(pathname) ?? pathname;
  return losers
    .filter((loser) => loser.host === undefined || loser.host === host || loser.host === parent)
    .toSorted(
      (a, b) =>
        distance(a) - distance(b) ||
        sharedStart(b.path ?? '', path) - sharedStart(a.path ?? '', path),
    );
}

function receivedURL({ url, headers = {} }: ExplainedRequest): {
  readonly host: string;
  readonly pathname: string;
} {
  const { host, pathname } = new URL(url);
  const sent = Object.entries(headers).find(([name]) => name.toLowerCase() === 'host')?.[1];
  return { host: normalizeHost(sent ?? host) ?? '', pathname };
}

/** How far a loser was from taking the request, by its reason. Those that fit and were only not first were closest. */
const DISTANCE: Readonly<Record<LossReason, number>> = {
  precedence: 0,
  olderObject: 0,
  earlierRule: 0,
  method: 1,
  header: 1,
  query: 1,
  path: 2,
  host: 3,
};

function distance({ reason }: ExplainedCandidate): number {
  return reason === undefined ? 0 : DISTANCE[reason];
}
