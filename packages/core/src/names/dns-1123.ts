import { byteLength, mismatch, tooLong } from './message.ts';

/** In bytes. */
const DNS1123_LABEL_MAX_LENGTH = 63;
/** In bytes. */
export const DNS1123_SUBDOMAIN_MAX_LENGTH = 253;

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const WILDCARD = `\\*\\.${SUBDOMAIN}`;

const LABEL_PATTERN = new RegExp(`^${LABEL}$`);
const SUBDOMAIN_PATTERN = new RegExp(`^${SUBDOMAIN}$`);
const WILDCARD_PATTERN = new RegExp(`^${WILDCARD}$`);

/**
 * What is wrong with a value as a DNS label in lower case, in the API server's words; empty when nothing is.
 * Names of Namespaces, container names and hostnames of Pods follow this rule.
 *
 * Source: RFC 1123 section 2.1; Kubernetes, Object Names and IDs, RFC 1123 Label Names.
 */
export function validateDNS1123Label(value: string): readonly string[] {
  const messages: string[] = [];
  if (byteLength(value) > DNS1123_LABEL_MAX_LENGTH) {
    messages.push(tooLong(DNS1123_LABEL_MAX_LENGTH));
  }
  if (!LABEL_PATTERN.test(value)) {
    messages.push(
      SUBDOMAIN_PATTERN.test(value)
        ? 'must not contain dots'
        : mismatch(
            "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
            LABEL,
            'my-name',
            '123-abc',
          ),
    );
  }
  return messages;
}

/**
 * What is wrong with a value as a DNS subdomain in lower case, in the API server's words; empty when nothing is.
 * Names of most objects and the hosts of Ingress rules follow this rule. A label in it may be longer than 63 bytes.
 *
 * Source: RFC 1123 section 2.1; Kubernetes, Object Names and IDs, DNS Subdomain Names.
 */
export function validateDNS1123Subdomain(value: string): readonly string[] {
  const messages: string[] = [];
  if (byteLength(value) > DNS1123_SUBDOMAIN_MAX_LENGTH) {
    messages.push(tooLong(DNS1123_SUBDOMAIN_MAX_LENGTH));
  }
  if (!SUBDOMAIN_PATTERN.test(value)) {
    messages.push(
      mismatch(
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
        SUBDOMAIN,
        'example.com',
      ),
    );
  }
  return messages;
}

/**
 * What is wrong with a value as `*.` and a DNS subdomain, in the API server's words; empty when nothing is.
 *
 * Source: RFC 1034 section 4.3.3; Kubernetes API reference, IngressRule v1 networking.k8s.io, `host`.
 */
export function validateWildcardDNS1123Subdomain(value: string): readonly string[] {
  const messages: string[] = [];
  if (byteLength(value) > DNS1123_SUBDOMAIN_MAX_LENGTH) {
    messages.push(tooLong(DNS1123_SUBDOMAIN_MAX_LENGTH));
  }
  if (!WILDCARD_PATTERN.test(value)) {
    messages.push(
      mismatch(
        "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character",
        WILDCARD,
        '*.example.com',
      ),
    );
  }
  return messages;
}
