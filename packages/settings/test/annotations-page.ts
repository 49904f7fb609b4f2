import {
  annotationName,
  type Annotation,
  type SettingAnnotations,
  type SettingField,
} from '../src/annotation/annotation.ts';
import { OTHER_ANNOTATIONS, SETTING_ANNOTATIONS } from '../src/annotation/annotations.ts';
import { CHOOSING } from '../src/annotation/choosing.ts';
import { ENDPOINTS } from '../src/annotation/endpoints.ts';
import { TRYING } from '../src/annotation/trying.ts';
import {
  DEFAULT_SETTINGS,
  type TrafficSettings,
} from '../src/traffic-settings/traffic-settings.ts';
import { writeSetting } from '../src/write-setting/write-setting.ts';

const INTRODUCTION = `# Annotations

How requests are treated is said by annotations of our own:

\`\`\`yaml
metadata:
  annotations:
    portolan.dev/load-balancing: LeastRequests
    portolan.dev/first-byte-timeout: 10s
    portolan.dev/retries: '1'
\`\`\`

What an Ingress says goes before what the Service says that its requests are for. After both come the options of whoever
embeds Portolan, and then the defaults. Values are text, so numbers need quotes in YAML: without them the
whole object is refused, as by the API server. Durations are written as in Gateway API (\`1m30s\`, \`500ms\`), sizes as Kubernetes
writes quantities (\`64Ki\`, \`10M\`).

A value that can't be read is left out and reported. So are names that there are not, annotations on the wrong kind of object
and those without effect: \`portolan check\` has [a code for each](codes.md#annotations-of-our-own).

In options the same settings have their names in camel case, and are numbers of milliseconds and of bytes:
\`firstByteTimeout: 10000\`. What is counted, of requests, failures and turns, is counted for each isolate or process by itself.`;

const COLUMNS = ['Annotation', 'On', 'Value', 'Example', 'By default', 'Meaning'];

/** The documentation of all annotations. */
export function annotationsPage(): string {
  const others = Object.entries(OTHER_ANNOTATIONS).map(([name, annotation]) =>
    rowOf(name, annotation, code(annotation.otherwise)),
  );
  return `${[
    INTRODUCTION,
    section('Which endpoint answers', CHOOSING),
    section('Tries, times and sizes', TRYING),
    section('What endpoints are asked', ENDPOINTS),
    `## Others\n\n${table([COLUMNS, ...others])}`,
  ].join('\n\n')}\n`;
}

function section(title: string, annotations: Partial<SettingAnnotations>): string {
  let field: SettingField;
  const rows: (readonly string[])[] = [];
  for (field in annotations) rows.push(rowOf(field, SETTING_ANNOTATIONS[field], defaultOf(field)));
  return `## ${title}\n\n${table([COLUMNS, ...rows])}`;
}

function rowOf(
  field: string,
  {
    kinds,
    format,
    example,
    meaning,
  }: Omit<Annotation<never>, 'format'> & { readonly format: { readonly expected: string } },
  byDefault: string,
): readonly string[] {
  return [
    code(annotationName(field)),
    kinds.join(', '),
    format.expected,
    code(example),
    byDefault,
    meaning,
  ];
}

function defaultOf(field: SettingField): string {
  const defaults: TrafficSettings = DEFAULT_SETTINGS;
  const value = defaults[field];
  const written = value === undefined ? '' : writeSetting(field, value);
  return written === '' ? (SETTING_ANNOTATIONS[field].otherwise ?? '') : code(written);
}

function code(text: string = ''): string {
  return `\`${text}\``;
}

/** As the formatter wants it: cells as wide as the widest of their column. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = COLUMNS.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[], filling = ' '): string =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width, filling)).join(' | ')} |`;
  const [header = [], ...body] = rows;
  return [line(header), line([], '-'), ...body.map((row) => line(row))].join('\n');
}
