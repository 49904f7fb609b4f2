import {
  clause,
  type Gap,
  type Section,
  type Specification,
} from '../specifications/specification.ts';

/** One test, and what came of it. */
export interface TestResult {
  /** From the root of the workspace, with slashes. */
  readonly file: string;
  /** What its `describe` is titled with: specification and section. */
  readonly clause: string;
  readonly title: string;
  /** On each runtime that it runs on. */
  readonly results: Readonly<Partial<Record<Runtime, 'failed' | 'passed'>>>;
}

export const RUNTIMES = ['Node', 'workerd'] as const;
export type Runtime = (typeof RUNTIMES)[number];

const INTRODUCTION = `What the specifications demand of Services and Ingresses, in our own words, and the tests that show it. Written by
\`node packages/conformance/src/page/report.ts\` from a run of [the tests](../../packages/conformance/README.md).

- **passed**: done as demanded, on that runtime. In files called \`.node.test.ts\` requests go over HTTP to local servers that
  stand for Pods; elsewhere Portolan decides about them, and nothing is sent.
- **deviates**: done otherwise, with what is done instead.
- **not provided**: not done, with the reason.`;

/**
 * The page `docs/reference/conformance.md`: what is demanded, by specification and section, the test that shows it and its result.
 * The same for the same arguments.
 *
 * @throws {Error} for a test whose clause is in no specification, and for a section that has neither test nor gap.
 */
export function page(
  specifications: readonly Specification[],
  tests: readonly TestResult[],
): string {
  const byClause = Map.groupBy(tests, (test) => test.clause);
  const parts = specifications.map((specification) => {
    const sections = specification.sections.map((section) => {
      const title = clause(specification, section);
      const own = byClause.get(title) ?? [];
      byClause.delete(title);
      if (own.length + (section.gaps ?? []).length === 0) throw new Error(`no test of ${title}`);
      return { section, tests: own };
    });
    return { specification, sections };
  });
  const [unknown] = byClause.keys();
  if (unknown !== undefined) throw new Error(`${unknown} is in no specification`);
  return `${[
    '# Conformance',
    INTRODUCTION,
    table(
      ['Specification', 'Tests', 'Passed', 'Deviates', 'Not provided'],
      parts.map(({ specification, sections }) => {
        const all = sections.flatMap((each) => each.tests);
        const gaps = specification.sections.flatMap((section) => section.gaps ?? []);
        return [
          link(specification.name, `#${slug(specification.name)}`),
          all.length,
          all.filter(isPassed).length,
          gaps.filter(({ result }) => result === 'deviates').length,
          gaps.filter(({ result }) => result === 'not provided').length,
        ].map(String);
      }),
    ),
    ...parts.flatMap(({ specification, sections }) => [
      `## ${specification.name}`,
      `Source: ${link(specification.document, specification.url)}.`,
      ...sections.flatMap(({ section, tests: own }) => sectionParts(section, own)),
    ]),
  ].join('\n\n')}\n`;
}

function sectionParts(
  { title, gaps = [] }: Section,
  tests: readonly TestResult[],
): readonly string[] {
  const byFile = [...Map.groupBy(tests, ({ file }) => file)].toSorted(([a], [b]) =>
    a < b ? -1 : 1,
  );
  return [
    `### ${title}`,
    ...byFile.map(([file, own]) => {
      const runtimes = RUNTIMES.filter((runtime) => own.some(({ results }) => results[runtime]));
      return table(
        [link(file.slice(file.lastIndexOf('/') + 1), `../../${file}`), ...runtimes],
        own.map((test) => [
          text(test.title),
          ...runtimes.map((runtime) => test.results[runtime] ?? 'not run'),
        ]),
      );
    }),
    ...(gaps.length === 0 ? [] : [table(['Demand', 'Result', 'Instead'], gaps.map(gapRow))]),
  ];
}

function gapRow({ demand, result, instead, see }: Gap): readonly string[] {
  const target = see.startsWith('docs/') ? `../${see.slice('docs/'.length)}` : `../../${see}`;
  return [text(demand), result, `${text(instead)} (${link('see', target)})`];
}

function isPassed({ results }: TestResult): boolean {
  return Object.values(results).every((result) => result === 'passed');
}

/** Columns padded, as `oxfmt` wants them. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) =>
    Math.max(3, ...[head, ...rows].map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [head, widths.map((width) => '-'.repeat(width)), ...rows].map(line).join('\n');
}

/** Text that Markdown would take for something else. */
function text(plain: string): string {
  return plain.replace(/[*_<|[\]`\\]/g, String.raw`\$&`);
}

function link(label: string, target: string): string {
  return `[${label}](${target})`;
}

/** The name of a heading in links, as GitHub makes it. */
export function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .replace(/\s/g, '-');
}
