import { byteLength, tooLong } from './message.ts';

/** In bytes. */
const PORT_NAME_MAX_LENGTH = 15;

/**
 * What is wrong with a value as an IANA service name in lower case, in the API server's words; empty when nothing is.
 * Names of container ports, and target ports given by name, follow this rule. Names of Service ports don't: those are
 * DNS labels.
 *
 * Source: RFC 6335 section 5.1; Kubernetes API reference, ContainerPort v1 core, `name`.
 */
export function validatePortName(value: string): readonly string[] {
  const messages: string[] = [];
  if (byteLength(value) > PORT_NAME_MAX_LENGTH) messages.push(tooLong(PORT_NAME_MAX_LENGTH));
  if (!/^[-a-z0-9]+$/.test(value)) {
    messages.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
  }
  if (!/[a-z]/.test(value)) messages.push('must contain at least one letter (a-z)');
  if (value.includes('--')) messages.push('must not contain consecutive hyphens');
  if (value.startsWith('-') || value.endsWith('-')) {
    messages.push('must not begin or end with a hyphen');
  }
  return messages;
}
