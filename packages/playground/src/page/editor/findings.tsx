import type { Finding, Severity } from '@portolan/check';
import { useState } from 'preact/hooks';
import type { JSX } from 'preact/jsx-runtime';

import { codeLink } from './diagnostics.ts';

/** How many findings are listed before somebody asks for more. */
const LISTED = 50;

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'notice'];

export interface FindingsProps {
  readonly findings: readonly Finding[];
  readonly docs: string | undefined;
  readonly onPlace: (line: number, column: number) => void;
}

/** Everything that was found, each a button that leads to its line. */
export function Findings({ findings, docs, onPlace }: FindingsProps): JSX.Element {
  const [limit, setLimit] = useState(LISTED);
  const more = findings.length - limit;
  return (
    <section class="p-findings" aria-labelledby="p-findings-title">
      <h2 id="p-findings-title" class="p-title">
        Findings
      </h2>
      <p class="p-findings__sum">{sumOf(findings)}</p>
      <ol class="p-findings__list">
        {findings.slice(0, limit).map((finding) => (
          <li key={`${finding.line}:${finding.column} ${finding.code} ${finding.message}`}>
            <button
              type="button"
              class={`p-finding p-finding--${finding.severity}`}
              onClick={() => onPlace(finding.line, finding.column)}
            >
              <span class="p-finding__severity">{finding.severity}</span>{' '}
              <span class="p-finding__line">line {finding.line}</span>{' '}
              <span class="p-finding__message">{finding.message}</span>
            </button>
            {finding.remedy === undefined ? null : (
              <p class="p-finding__remedy">{finding.remedy}</p>
            )}
            {docs === undefined ? (
              <span class="p-finding__code">{finding.code}</span>
            ) : (
              <a class="p-finding__code" href={codeLink(docs, finding.code)} target="_blank">
                {finding.code}
              </a>
            )}
          </li>
        ))}
      </ol>
      {more > 0 ? (
        <button type="button" class="p-button" onClick={() => setLimit(limit + LISTED)}>
          Show {Math.min(more, LISTED)} of {more} more
        </button>
      ) : null}
    </section>
  );
}

/** `1 error, 3 warnings`; `Nothing found` where there is nothing. */
export function sumOf(findings: readonly Pick<Finding, 'severity'>[]): string {
  const parts = SEVERITIES.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}${count === 1 ? '' : 's'}`];
  });
  return parts.length === 0 ? 'Nothing found.' : parts.join(', ');
}
