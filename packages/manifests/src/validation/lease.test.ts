import { describe, expect, it } from 'vitest';

import { parseManifests } from '../parse/parse-manifests.ts';

function said(spec: string): readonly string[] {
  const head =
    'apiVersion: coordination.k8s.io/v1\nkind: Lease\nmetadata: {name: web-1.example.com}';
  const source = { name: 'a.yaml', text: `${head}\nspec: ${spec}` };
  return parseManifests([source]).diagnostics.map(({ message }) => message);
}

describe('a Lease', () => {
  it.each([
    '{}',
    '{holderIdentity: a, leaseDurationSeconds: 1, leaseTransitions: 0}',
    '{acquireTime: "2026-01-02T03:04:05.000000Z", renewTime: "2026-01-02T03:04:05.123456+01:00"}',
    '{strategy: OldestEmulationVersion, preferredHolder: b}',
    '{strategy: example.com/custom}',
    '{preferredHolder: ""}',
  ])('is fine with the spec %s', (spec) => {
    expect(said(spec)).toEqual([]);
  });

  it.each([
    [
      '{leaseDurationSeconds: 0}',
      'spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0',
    ],
    [
      '{leaseTransitions: -1}',
      'spec.leaseTransitions: Invalid value: -1: must be greater than or equal to 0',
    ],
    [
      '{strategy: Newest}',
      'spec.strategy.strategy: Unsupported value: "Newest": supported values: "OldestEmulationVersion"',
    ],
    [
      '{preferredHolder: b}',
      'spec.preferredHolder: Forbidden: may only be specified if `strategy` is defined',
    ],
  ])('is refused with the spec %s', (spec, message) => {
    expect(said(spec)).toEqual([message]);
  });

  it.each(['2026-01-02T03:04:05Z', '2026-01-02T03:04:05.123Z', '2026-01-02T03:04:05.1234567Z'])(
    'may not be renewed at %s: the API server wants six digits',
    (renewTime) => {
      expect(said(`{renewTime: "${renewTime}"}`)).toEqual([
        `spec.renewTime: Invalid value: "${renewTime}": must be a time as in RFC 3339 with six digits of a fraction, such as 2006-01-02T15:04:05.000000Z`,
      ]);
    },
  );
});
