import type { FieldError } from '../field-error/field-error.ts';
import { byteLength, mismatch, tooLong } from '../names/message.ts';
import { QUALIFIED_NAME, validateQualifiedName } from '../names/qualified-name.ts';
import type { Labels } from '../resources/meta.ts';
import { compareText } from '../resources/order.ts';

/** In bytes. */
const LABEL_VALUE_MAX_LENGTH = 63;

const VALUE = `(${QUALIFIED_NAME})?`;
const VALUE_PATTERN = new RegExp(`^${VALUE}$`);

/**
 * What is wrong with a label's key, in the API server's words; empty when nothing is. A key is a name of at most 63
 * bytes with an optional DNS subdomain of at most 253 bytes and a slash before it.
 *
 * Source: Kubernetes, Labels and Selectors, Syntax and character set.
 */
export function validateLabelKey(key: string): readonly string[] {
  return validateQualifiedName(key);
}

/**
 * What is wrong with a label's value, in the API server's words; empty when nothing is. A value is empty or a name of
 * at most 63 bytes.
 *
 * Source: Kubernetes, Labels and Selectors, Syntax and character set.
 */
export function validateLabelValue(value: string): readonly string[] {
  const messages: string[] = [];
  if (byteLength(value) > LABEL_VALUE_MAX_LENGTH) messages.push(tooLong(LABEL_VALUE_MAX_LENGTH));
  if (!VALUE_PATTERN.test(value)) {
    messages.push(
      mismatch(
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
        VALUE,
        'MyValue',
        'my_value',
        '12345',
      ),
    );
  }
  return messages;
}

/**
 * The faults of a set of labels, by key in ascending order; each names `field` itself (`metadata.labels`) and the
 * offending key or value, as the API server does.
 */
export function validateLabels(labels: Labels, field: string): readonly FieldError[] {
  return Object.entries(labels)
    .toSorted(([a], [b]) => compareText(a, b))
    .flatMap(([key, value]) => [
      ...validateLabelKey(key).map((detail) => invalid(field, key, detail)),
      ...validateLabelValue(value).map((detail) => invalid(field, value, detail)),
    ]);
}

function invalid(field: string, value: string, detail: string): FieldError {
  return { type: 'Invalid', field, value, detail };
}
