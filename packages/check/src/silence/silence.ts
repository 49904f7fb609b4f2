import type { Finding } from '../finding/finding.ts';
import { objectText } from '../finding/object-text.ts';
import { matchesWildcard } from './wildcard.ts';

/** Findings that somebody knows of and does not want to hear of. `*` stands for any text, also in the middle. */
export interface SilenceRule {
  readonly code: string;
  /** `Ingress shop/web`, `IngressClass nginx` where the kind has no namespace; absent: any object, or none. */
  readonly object?: string;
  /** As Kubernetes prints it; absent: any field, or none. */
  readonly field?: string;
  /** As shown in findings; absent: any. */
  readonly file?: string;
}

export interface Silenced {
  /** The others, in their order. */
  readonly findings: readonly Finding[];
  /** How many were silenced. */
  readonly silenced: number;
  /** Rules that no finding fits: most likely mended since, or misspelt. */
  readonly unused: readonly SilenceRule[];
}

export function silence(findings: readonly Finding[], rules: readonly SilenceRule[]): Silenced {
  const used = new Set<SilenceRule>();
  const left = findings.filter((finding) => {
    const fitting = rules.filter((rule) => fits(rule, finding));
    for (const rule of fitting) used.add(rule);
    return fitting.length === 0;
  });
  return {
    findings: left,
    silenced: findings.length - left.length,
    unused: rules.filter((rule) => !used.has(rule)),
  };
}

function fits({ code, object, field, file }: SilenceRule, finding: Finding): boolean {
  return (
    matchesWildcard(code, finding.code) &&
    (object === undefined || matchesWildcard(object, objectText(finding))) &&
    (field === undefined || matchesWildcard(field, finding.field ?? '')) &&
    (file === undefined || matchesWildcard(file, finding.file))
  );
}
