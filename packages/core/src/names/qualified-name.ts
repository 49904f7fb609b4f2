import { validateDNS1123Subdomain } from './dns-1123.ts';
import { byteLength, mismatch, tooLong } from './message.ts';

/** Of the part behind the slash, in bytes. */
const QUALIFIED_NAME_MAX_LENGTH = 63;

const RULE =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
/** The part behind the slash; also what a label value consists of. */
export const QUALIFIED_NAME = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const QUALIFIED_NAME_PATTERN = new RegExp(`^${QUALIFIED_NAME}$`);
const EXPLANATION = mismatch(RULE, QUALIFIED_NAME, 'MyName', 'my.name', '123-abc');

/**
 * What is wrong with a value as a name with an optional DNS subdomain and a slash before it, in the API server's words;
 * empty when nothing is. Keys of labels and annotations follow this rule.
 *
 * Source: Kubernetes, Labels and Selectors, Syntax and character set.
 */
export function validateQualifiedName(value: string): readonly string[] {
  const parts = value.split('/');
  const name = parts.pop() ?? '';
  const prefix = parts.pop();
  if (parts.length > 0) {
    return [
      `a qualified name ${EXPLANATION} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  }
  const messages: string[] = [];
  if (prefix === '') {
    messages.push('prefix part must be non-empty');
  } else if (prefix !== undefined) {
    messages.push(...validateDNS1123Subdomain(prefix).map((message) => `prefix part ${message}`));
  }
  if (name === '') {
    messages.push('name part must be non-empty');
  } else if (byteLength(name) > QUALIFIED_NAME_MAX_LENGTH) {
    messages.push(`name part ${tooLong(QUALIFIED_NAME_MAX_LENGTH)}`);
  }
  if (!QUALIFIED_NAME_PATTERN.test(name)) messages.push(`name part ${EXPLANATION}`);
  return messages;
}
