import { DNS1123_SUBDOMAIN_MAX_LENGTH } from './dns-1123.ts';
import { byteLength, mismatch, tooLong } from './message.ts';

const KEY = '[-._a-zA-Z0-9]+';
const KEY_PATTERN = new RegExp(`^${KEY}$`);

/**
 * What is wrong with a key of a ConfigMap's or a Secret's data, in the API server's words; empty when nothing is.
 *
 * Source: Kubernetes API reference, ConfigMap v1 core, `data`.
 */
export function validateConfigMapKey(key: string): readonly string[] {
  const messages: string[] = [];
  if (byteLength(key) > DNS1123_SUBDOMAIN_MAX_LENGTH) {
    messages.push(tooLong(DNS1123_SUBDOMAIN_MAX_LENGTH));
  }
  if (!KEY_PATTERN.test(key)) {
    messages.push(
      mismatch(
        "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
        KEY,
        'key.name',
        'KEY_NAME',
        'key-name',
      ),
    );
  }
  if (key === '.' || key === '..') messages.push(`must not be '${key}'`);
  else if (key.startsWith('..')) messages.push(`must not start with '..'`);
  return messages;
}
