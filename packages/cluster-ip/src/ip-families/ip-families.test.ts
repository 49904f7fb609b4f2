import { formatFieldError } from '@portolan/core';
import type { IPFamily, Service, ServiceSpec } from '@portolan/core';
import { describe, expect, it } from 'vitest';

import { defaultIPFamilies } from './default-ip-families.ts';
import { validateIPFamilies } from './validate-ip-families.ts';

const IPV4: readonly IPFamily[] = ['IPv4'];
const DUAL: readonly IPFamily[] = ['IPv4', 'IPv6'];
const DUAL_IPV6_FIRST: readonly IPFamily[] = ['IPv6', 'IPv4'];
const selector = { app: 'web' };

function filled(spec: ServiceSpec, configured: readonly IPFamily[]): Service {
  const service: Service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec };
  return defaultIPFamilies(service, configured);
}

/** Policy and families as defaulted; the defaults are applied twice, which is to change nothing. */
function families(spec: ServiceSpec, configured: readonly IPFamily[]): string {
  const once = filled(spec, configured);
  expect(defaultIPFamilies(once, configured)).toEqual(once);
  expect(validateIPFamilies(once, configured)).toEqual([]);
  return `${once.spec.ipFamilyPolicy} ${once.spec.ipFamilies?.join(',')}`;
}

describe('IP families by default', () => {
  it.each([
    ['the first configured one', {}, DUAL, 'SingleStack IPv4'],
    ['the first configured one', {}, DUAL_IPV6_FIRST, 'SingleStack IPv6'],
    ['the one given', { ipFamilies: ['IPv6'] }, DUAL, 'SingleStack IPv6'],
    [
      'both, where there are two',
      { ipFamilyPolicy: 'PreferDualStack' },
      DUAL,
      'PreferDualStack IPv4,IPv6',
    ],
    [
      'one, where there is one',
      { ipFamilyPolicy: 'PreferDualStack' },
      IPV4,
      'PreferDualStack IPv4',
    ],
    [
      'the given one first',
      { ipFamilyPolicy: 'RequireDualStack', ipFamilies: ['IPv6'] },
      DUAL,
      'RequireDualStack IPv6,IPv4',
    ],
    ['that of the cluster IP', { clusterIP: 'fd00::1' }, DUAL, 'SingleStack IPv6'],
    [
      'those of the cluster IPs, in their order',
      {
        clusterIP: 'fd00::1',
        clusterIPs: ['fd00::1', '10.96.0.1'],
        ipFamilyPolicy: 'PreferDualStack',
      },
      DUAL,
      'PreferDualStack IPv6,IPv4',
    ],
    [
      'that of the cluster IP, and then the other',
      { clusterIP: 'fd00::1', ipFamilyPolicy: 'PreferDualStack' },
      DUAL,
      'PreferDualStack IPv6,IPv4',
    ],
  ] satisfies readonly (readonly [string, ServiceSpec, readonly IPFamily[], string])[])(
    'are %s: %j',
    (_, spec, configured, expected) => {
      expect(families({ selector, ...spec }, configured)).toBe(expected);
    },
  );

  it('of a headless Service with a selector are as those of any other', () => {
    expect(families({ selector, clusterIP: 'None' }, DUAL)).toBe('SingleStack IPv4');
  });

  it('of a headless Service without a selector are both, even where one is configured', () => {
    const bare: ServiceSpec = { clusterIP: 'None' };
    expect(families(bare, IPV4)).toBe('RequireDualStack IPv4,IPv6');
    expect(families(bare, DUAL_IPV6_FIRST)).toBe('RequireDualStack IPv6,IPv4');
    expect(families({ ...bare, ipFamilyPolicy: 'SingleStack' }, IPV4)).toBe('SingleStack IPv4');
    expect(families({ ...bare, ipFamilies: ['IPv6'] }, IPV4)).toBe('RequireDualStack IPv6,IPv4');
  });
});

describe('faults of cluster IPs and IP families', () => {
  it.each([
    [
      { clusterIPs: ['10.96.0.1'] },
      DUAL,
      [
        'spec.clusterIPs: Invalid value: ["10.96.0.1"]: must be empty when `clusterIP` is not specified',
      ],
    ],
    [
      { clusterIP: '10.96.0.2', clusterIPs: ['10.96.0.1'] },
      DUAL,
      ['spec.clusterIPs: Invalid value: ["10.96.0.1"]: first value must match `clusterIP`'],
    ],
    [
      { clusterIP: 'web' },
      DUAL,
      [
        'spec.clusterIPs[0]: Invalid value: "web": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
      ],
    ],
    [
      { clusterIP: 'None', clusterIPs: ['None', '10.96.0.1'] },
      DUAL,
      [
        'spec.clusterIPs: Invalid value: ["None","10.96.0.1"]: \'None\' must be the first and only value',
      ],
    ],
    [
      { clusterIP: '10.96.0.1', clusterIPs: ['10.96.0.1', 'fd00::1', 'fd00::2'] },
      DUAL,
      [
        'spec.clusterIPs: Invalid value: ["10.96.0.1","fd00::1","fd00::2"]: may only hold up to 2 values',
      ],
    ],
    [
      { clusterIP: '10.96.0.1', clusterIPs: ['10.96.0.1', '10.96.0.2'] },
      DUAL,
      [
        'spec.clusterIPs: Invalid value: ["10.96.0.1","10.96.0.2"]: may specify no more than one IP for each IP family',
      ],
    ],
    [
      { ipFamilies: ['IPv4', 'IPv4'], ipFamilyPolicy: 'PreferDualStack' },
      DUAL,
      ['spec.ipFamilies[1]: Duplicate value: "IPv4"'],
    ],
    [
      { clusterIP: 'fd00::1', ipFamilies: ['IPv4'] },
      DUAL,
      [
        'spec.clusterIPs[0]: Invalid value: "fd00::1": expected an IPv4 value as indicated by `ipFamilies[0]`',
      ],
    ],
    [
      { clusterIP: '10.96.0.1', ipFamilies: ['IPv6'] },
      DUAL,
      [
        'spec.clusterIPs[0]: Invalid value: "10.96.0.1": expected an IPv6 value as indicated by `ipFamilies[0]`',
      ],
    ],
    [
      { clusterIP: '10.96.0.1', clusterIPs: ['10.96.0.1', 'fd00::1'] },
      DUAL,
      [
        "spec.ipFamilyPolicy: Invalid value: \"SingleStack\": must be 'RequireDualStack' or 'PreferDualStack' when multiple cluster IPs are specified",
      ],
    ],
    [
      { ipFamilies: ['IPv4', 'IPv6'] },
      DUAL,
      [
        "spec.ipFamilyPolicy: Invalid value: \"SingleStack\": must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified",
      ],
    ],
    [
      { clusterIP: 'fd00::1' },
      IPV4,
      ['spec.clusterIPs[0]: Invalid value: ["fd00::1"]: IPv6 is not configured on this cluster'],
    ],
    [
      { ipFamilies: ['IPv6'] },
      IPV4,
      ['spec.ipFamilies[0]: Invalid value: "IPv6": not configured on this cluster'],
    ],
    [
      { ipFamilyPolicy: 'RequireDualStack' },
      IPV4,
      [
        'spec.ipFamilyPolicy: Invalid value: "RequireDualStack": this cluster is not configured for dual-stack services',
      ],
    ],
    [
      { clusterIP: 'None', ipFamilies: ['IPv6'] },
      IPV4,
      ['spec.ipFamilies[0]: Invalid value: "IPv6": not configured on this cluster'],
    ],
  ] satisfies readonly (readonly [ServiceSpec, readonly IPFamily[], readonly string[]])[])(
    '%j with %j',
    (spec, configured, errors) => {
      const found = validateIPFamilies(filled({ selector, ...spec }, configured), configured);
      expect(found.map(formatFieldError)).toEqual(errors);
    },
  );
});
