import type { Severity } from '../finding/finding.ts';
import { ANNOTATIONS } from './annotations.ts';
import type { CatalogueEntry } from './entry.ts';
import { FIELDS } from './fields.ts';
import { FILES } from './files.ts';
import { NOT_HONOURED } from './not-honoured.ts';
import { ROUTES } from './routes.ts';
import { SERVICES } from './services.ts';
import { TARGETS } from './targets.ts';
import { TLS } from './tls.ts';

/** Codes that belong together. */
export interface CatalogueSection {
  readonly title: string;
  readonly entries: Readonly<Record<string, CatalogueEntry>>;
}

/** In the order of the documentation. */
export const SECTIONS: readonly CatalogueSection[] = [
  { title: 'Files and documents', entries: FILES },
  { title: 'Fields', entries: FIELDS },
  { title: 'Services and their Pods', entries: SERVICES },
  { title: 'Routes', entries: ROUTES },
  { title: 'TLS', entries: TLS },
  { title: 'Annotations of our own', entries: ANNOTATIONS },
  { title: 'What is not honoured', entries: NOT_HONOURED },
  { title: 'Where it is to run', entries: TARGETS },
];

/** What every code means that can be printed. */
export const CATALOGUE: Readonly<Record<string, CatalogueEntry>> = Object.fromEntries(
  SECTIONS.flatMap(({ entries }) => Object.entries(entries)),
);

/** A code that the catalogue doesn't have is a plugin's own. */
export function usualSeverity(code: string): Severity {
  return CATALOGUE[code]?.severity ?? 'warning';
}
