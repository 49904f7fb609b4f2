import { CATALOGUE } from '../catalogue/catalogue.ts';
import type { Finding, RelatedPlace, Severity } from '../finding/finding.ts';
import { objectText } from '../finding/object-text.ts';

const SCHEMA =
  'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const HOME = 'https://github.com/portolan/portolan';
const LEVELS: Readonly<Record<Severity, 'error' | 'note' | 'warning'>> = {
  error: 'error',
  warning: 'warning',
  notice: 'note',
};

/**
 * Findings as a log in the Static Analysis Results Interchange Format, as JSON text, for code scanning and editors. Files are
 * named as the findings name them.
 *
 * Source: SARIF 2.1.0, OASIS Standard.
 */
export function formatSARIF(findings: readonly Finding[]): string {
  const codes = [...new Set(findings.map(({ code }) => code))].toSorted();
  const log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'portolan',
            informationUri: HOME,
            rules: codes.map(ruleOf),
          },
        },
        // Columns are counted as JavaScript counts them.
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => resultOf(finding, codes.indexOf(finding.code))),
      },
    ],
  };
  return JSON.stringify(log, undefined, 2);
}

/** A plugin's own code has no entry, and is a rule all the same. */
function ruleOf(code: string): object {
  const entry = CATALOGUE[code];
  return {
    id: code,
    name: code,
    ...(entry && {
      shortDescription: { text: entry.title },
      fullDescription: { text: entry.explanation },
      defaultConfiguration: { level: LEVELS[entry.severity] },
      helpUri: `${HOME}/blob/main/docs/reference/codes.md#${code.toLowerCase()}`,
    }),
  };
}

function resultOf(finding: Finding, ruleIndex: number): object {
  const { code, severity, message, remedy, related = [], cost } = finding;
  const subject = objectText(finding);
  const said = subject === '' ? message : `${subject}: ${message}`;
  return {
    ruleId: code,
    ruleIndex,
    level: LEVELS[severity],
    message: { text: remedy === undefined ? said : `${said}\n${remedy}` },
    locations: [
      {
        physicalLocation: physicalLocation(finding),
        ...(subject !== '' && {
          logicalLocations: [{ fullyQualifiedName: subject, kind: 'object' }],
        }),
      },
    ],
    ...(related.length > 0 && {
      relatedLocations: related.map((place, id) => ({
        id,
        physicalLocation: physicalLocation(place),
        message: { text: place.message },
      })),
    }),
    ...(cost && { properties: { cost } }),
  };
}

function physicalLocation({
  file,
  line,
  column,
}: Pick<RelatedPlace, 'column' | 'file' | 'line'>): object {
  return {
    artifactLocation: { uri: fileURI(file) },
    region: { startLine: line, startColumn: column },
  };
}

/** A relative reference, with what may not stand in a URI escaped; a manifest that came from a URL has that. */
function fileURI(file: string): string {
  return /^https?:\/\//u.test(file) ? file : file.split('/').map(encodeURIComponent).join('/');
}
