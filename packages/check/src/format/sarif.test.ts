import { expect, it } from 'vitest';

import type { Finding } from '../finding/finding.ts';
import { formatSARIF } from './sarif.ts';

const finding: Finding = {
  severity: 'notice',
  code: 'HostWithoutTLS',
  message: 'no spec.tls covers shop.example',
  file: 'k8s/über uns.yaml',
  line: 7,
  column: 3,
  object: { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', namespace: 'shop', name: 'web' },
  related: [{ message: 'this one', file: 'b.yaml', line: 1, column: 1 }],
};

it('is a SARIF 2.1.0 log with a rule for each code and a result for each finding', () => {
  const log: unknown = JSON.parse(formatSARIF([finding, { ...finding, code: 'MyOwn' }]));
  expect(log).toMatchObject({
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            rules: [
              {
                id: 'HostWithoutTLS',
                helpUri: expect.stringContaining('docs/reference/codes.md#hostwithouttls'),
              },
              { id: 'MyOwn' },
            ],
          },
        },
        columnKind: 'utf16CodeUnits',
        results: [
          {
            ruleId: 'HostWithoutTLS',
            ruleIndex: 0,
            level: 'note',
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: 'k8s/%C3%BCber%20uns.yaml' },
                  region: { startLine: 7, startColumn: 3 },
                },
              },
            ],
            relatedLocations: [{ message: { text: 'this one' } }],
          },
          { ruleId: 'MyOwn', ruleIndex: 1 },
        ],
      },
    ],
  });
});

it('keeps what a finding costs as a property of its result', () => {
  const cost = { services: [], loadBalancers: [], workers: [] };
  const log: unknown = JSON.parse(formatSARIF([finding, { ...finding, cost }]));
  expect(log).toMatchObject({
    runs: [
      { results: [expect.not.objectContaining({ properties: {} }), { properties: { cost } }] },
    ],
  });
});
