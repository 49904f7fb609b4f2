import type { Severity } from '../finding/finding.ts';

/** What a code means. */
export interface CatalogueEntry {
  /** The usual one: a finding may have another where its case is better or worse. */
  readonly severity: Severity;
  /** A few words. */
  readonly title: string;
  /** What it means, why it matters, what to do: two to five sentences. */
  readonly explanation: string;
}
