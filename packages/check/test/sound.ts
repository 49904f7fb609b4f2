import { CATALOGUE, compareFindings, type Finding } from '../src/index.ts';

/** Addresses that only stand-ins have, and the placeholders for them. */
const INVENTED = /\b127\.(?!0\.0\.1\b)\d+\.\d+\.\d+|\bfd7f:|\b10\.244\.0\.1\b|fd00:10:244/u;
const UNSAID = /\bundefined\b|\bNaN\b|\[object |\{\}/u;

/** What is wrong with findings themselves, whatever they are about: nothing, it is to be hoped. */
export function faultsOf(
  findings: readonly Finding[],
  texts: ReadonlyMap<string, string>,
): readonly string[] {
  const seen = new Set<string>();
  const faults: string[] = [];
  for (const finding of findings) {
    const { code, message, remedy = '', related = [] } = finding;
    const said = `${message} ${remedy}`;
    const complain = (fault: string): void => {
      faults.push(`${fault}: ${JSON.stringify(finding)}`);
    };
    if (!Object.hasOwn(CATALOGUE, code)) complain('not in the catalogue');
    // What the API server says may quote an empty object.
    const isOwn = !code.startsWith('FieldValue') && code !== 'Invalid';
    if (isOwn && UNSAID.test(said) && !isWritten(UNSAID, said, texts)) complain('unsaid');
    if (INVENTED.test(said) && !isWritten(INVENTED, said, texts)) complain('invented');
    for (const place of [finding, ...related]) {
      if (!isInside(place, texts)) complain('a place outside the text');
    }
    const key = JSON.stringify([code, finding.file, finding.line, finding.column, message]);
    if (seen.has(key)) complain('said twice');
    seen.add(key);
  }
  const sorted = findings.toSorted(compareFindings);
  if (sorted.some((finding, index) => finding !== findings[index])) faults.push('not sorted');
  return faults;
}

/** A finding may quote what somebody wrote. */
function isWritten(pattern: RegExp, said: string, texts: ReadonlyMap<string, string>): boolean {
  const [found = ''] = pattern.exec(said) ?? [];
  return [...texts.values()].some((text) => text.includes(found));
}

function isInside(
  { file, line, column }: Pick<Finding, 'column' | 'file' | 'line'>,
  texts: ReadonlyMap<string, string>,
): boolean {
  const lines = texts.get(file)?.split('\n') ?? [];
  const length = lines[line - 1]?.length ?? -1;
  return column >= 1 && column <= length + 1;
}
