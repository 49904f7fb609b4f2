import type { Change, ChangeKind } from '../diff/diff-result.ts';
import type { BackendOutcome, ForwardOutcome, Outcome } from '../outcome/outcome.ts';

/** An outcome before and after, as text. */
export interface BothOutcomes {
  readonly before: string;
  readonly after: string;
}

/** What differs is said, and else only who answers. */
export function outcomeWords({ kinds, before, after }: Change): BothOutcomes {
  return { before: inWords(before, kinds), after: inWords(after, kinds) };
}

function inWords(outcome: Outcome, kinds: readonly ChangeKind[]): string {
  switch (outcome.outcome) {
    case 'respond':
      return ownAnswer(outcome.status, outcome.reason, outcome.service);
    case 'redirect':
      return `${outcome.status} to ${outcome.location}`;
    case 'forward':
      return [
        outcome.backends.map((each) => backendInWords(each, kinds)).join(' | '),
        ...(kinds.includes('path') ? [`path ${outcome.path}`] : []),
        ...(kinds.includes('header') ? headersInWords(outcome) : []),
      ].join(', ');
  }
}

function ownAnswer(status: number, reason: string, service: string | undefined): string {
  return service === undefined ? `${status} ${reason}` : `${status} ${reason} (${service})`;
}

function backendInWords(backend: BackendOutcome, kinds: readonly ChangeKind[]): string {
  const { share, service, appProtocol, reason, endpoints, sessionAffinity } = backend;
  const portion = share === 1 ? '' : `${Number((share * 100).toFixed(2))}% `;
  if (reason !== undefined) return `${portion}${ownAnswer(503, reason, service)}`;
  const protocol = appProtocol === undefined ? '' : ` (${appProtocol})`;
  const at = kinds.includes('endpoints')
    ? ` at ${endpoints.join(', ')}${sessionAffinity ? ', with session affinity' : ''}`
    : '';
  return `${portion}${service}${protocol}${at}`;
}

function headersInWords({ hostname, headers }: ForwardOutcome): readonly string[] {
  const said = [...(hostname === undefined ? [] : [`host ${hostname}`]), ...headers];
  return said.length === 0 ? ['host and headers as they are'] : said;
}
