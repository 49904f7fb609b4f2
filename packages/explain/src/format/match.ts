import type { ExplainedCandidate } from '../explanation/explanation.ts';

/** What a rule asks of a request: `PathPrefix /cart on shop.example`. */
export function matchOf(candidate: ExplainedCandidate): string {
  const { host } = candidate;
  return candidate.path === undefined
    ? 'default backend'
    : `${pathOf(candidate)} on ${host ?? 'every host'}`;
}

/** Without the host. */
export function pathOf({ pathType, path }: ExplainedCandidate): string {
  return path === undefined ? 'default backend' : `${pathType} ${path}`;
}
