import type { FieldError } from '../field-error/field-error.ts';
import { validateDNS1123Label, validateDNS1123Subdomain } from './dns-1123.ts';

/**
 * The faults of a domain name of at least two labels, each of at most 63 bytes; a dot may close it. Addresses of an
 * EndpointSlice of type `FQDN` follow this rule. Only the first kind of fault found is reported.
 *
 * Source: Kubernetes API reference, EndpointSlice v1 discovery.k8s.io, `addressType`.
 */
export function validateFullyQualifiedDomainName(
  value: string,
  field: string,
): readonly FieldError[] {
  if (value === '') return [{ type: 'Required', field, detail: '' }];
  const name = value.endsWith('.') ? value.slice(0, -1) : value;
  const messages = validateDNS1123Subdomain(name);
  if (messages.length > 0) {
    return [{ type: 'Invalid', field, value: name, detail: messages.join(',') }];
  }
  const labels = name.split('.');
  if (labels.length < 2) {
    const detail = 'should be a domain with at least two segments separated by dots';
    return [{ type: 'Invalid', field, value: name, detail }];
  }
  for (const label of labels) {
    const faults = validateDNS1123Label(label);
    if (faults.length > 0) {
      return [{ type: 'Invalid', field, value: label, detail: faults.join(',') }];
    }
  }
  return [];
}
