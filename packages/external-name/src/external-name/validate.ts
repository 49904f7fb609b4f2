import { validateDNS1123Subdomain } from '@portolan/core';
import type { FieldError, Service } from '@portolan/core';

const NOT_HERE = 'may not be set for ExternalName services';

/** Faults of an ExternalName Service: `externalName` itself, and fields that only types with a cluster IP have. */
export function validateExternalName({ spec }: Service): readonly FieldError[] {
  const forbidden = [
    spec.clusterIP || spec.clusterIPs?.length ? 'spec.clusterIPs' : [],
    spec.ipFamilies?.length ? 'spec.ipFamilies' : [],
    spec.ipFamilyPolicy === undefined ? [] : 'spec.ipFamilyPolicy',
  ].flat();
  return [
    ...forbidden.map((field) => ({ type: 'Forbidden', field, detail: NOT_HERE }) as const),
    ...nameFaults(spec.externalName ?? ''),
    ...(spec.externalTrafficPolicy === undefined
      ? []
      : [
          {
            type: 'Invalid',
            field: 'spec.externalTrafficPolicy',
            value: spec.externalTrafficPolicy,
            detail: 'may only be set for externally-accessible services',
          } as const,
        ]),
  ];
}

/** A dot may close the name, to say that it's complete. */
function nameFaults(externalName: string): readonly FieldError[] {
  const field = 'spec.externalName';
  const value = externalName.endsWith('.') ? externalName.slice(0, -1) : externalName;
  if (value === '') return [{ type: 'Required', field, detail: '' }];
  return validateDNS1123Subdomain(value).map((detail) => ({
    type: 'Invalid',
    field,
    value,
    detail,
  }));
}
