import { SECTIONS } from './catalogue.ts';

const INTRODUCTION = `# Codes

What \`portolan check\` can find in manifests. Each finding has one of these codes, and a severity:

- **error**: the object is left out, or requests certainly fail.
- **warning**: most likely not what was meant.
- **notice**: true, and good to know.

The severity given here is the usual one.`;

/** The documentation of all codes, each under a heading of its own: its anchor is the code in lower case. */
export function catalogueMarkdown(): string {
  const sections = SECTIONS.map(({ title, entries }) =>
    [
      `## ${title}`,
      ...Object.entries(entries).map(
        ([code, entry]) =>
          `### ${code}\n\n${entry.title}. Usually: **${entry.severity}**.\n\n${entry.explanation}`,
      ),
    ].join('\n\n'),
  );
  return `${[INTRODUCTION, ...sections].join('\n\n')}\n`;
}
