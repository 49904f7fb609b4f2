import { byteLength, mismatch, tooLong } from './message.ts';

/** In bytes. */
const DNS1035_LABEL_MAX_LENGTH = 63;

const LABEL = '[a-z]([-a-z0-9]*[a-z0-9])?';
const LABEL_PATTERN = new RegExp(`^${LABEL}$`);

/**
 * What is wrong with a value as a DNS label that starts with a letter, in the API server's words; empty when nothing
 * is. Names of Services follow this rule.
 *
 * Source: RFC 1035 section 2.3.1; Kubernetes, Object Names and IDs, RFC 1035 Label Names.
 */
export function validateDNS1035Label(value: string): readonly string[] {
  const messages: string[] = [];
  if (byteLength(value) > DNS1035_LABEL_MAX_LENGTH) {
    messages.push(tooLong(DNS1035_LABEL_MAX_LENGTH));
  }
  if (!LABEL_PATTERN.test(value)) {
    messages.push(
      mismatch(
        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
        LABEL,
        'my-name',
        'abc-123',
      ),
    );
  }
  return messages;
}
