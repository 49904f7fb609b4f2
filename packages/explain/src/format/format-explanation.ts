import { PLAIN, type Terminal } from '@portolan/terminal';

import type { Explanation } from '../explanation/explanation.ts';
import { formatAnswer } from './answer.ts';
import { formatEndpoints } from './endpoints.ts';
import { formatHeaders } from './headers.ts';
import { formatLosers } from './losers.ts';
import { formatSettings } from './settings.ts';

export interface FormatOptions {
  /** Every rule and every endpoint, instead of those that matter most. */
  readonly all?: boolean;
}

/**
 * An explanation for people: the answer, the rule that gave it and why, the rules that lost, the endpoints, how
 * annotations have it treated, and the header fields that the endpoint sees. Without a final newline.
 */
export function formatExplanation(
  explanation: Explanation,
  terminal: Terminal = PLAIN,
  { all = false }: FormatOptions = {},
): string {
  return [
    formatAnswer(explanation, terminal),
    formatLosers(explanation, terminal, all),
    formatEndpoints(explanation, terminal, all),
    formatSettings(explanation, terminal),
    formatHeaders(explanation, terminal),
  ]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}
