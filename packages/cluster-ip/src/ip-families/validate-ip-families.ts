import { hasSelector, parseIP, validateIP } from '@portolan/core';
import type { FieldError, IPFamily, Service } from '@portolan/core';

import { isHeadless } from '../headless/headless.ts';

/**
 * Faults of `clusterIP`, `clusterIPs`, `ipFamilyPolicy` and `ipFamilies`, in themselves, together, and with regard to the
 * families that are configured. Their defaults are applied.
 *
 * Source: Kubernetes API reference, ServiceSpec v1 core; KEP-563.
 */
export function validateIPFamilies(
  service: Service,
  configured: readonly IPFamily[],
): readonly FieldError[] {
  const malformed = clusterIPFaults(service);
  if (malformed.length > 0) return malformed;
  const mismatched = [...familyFaults(service), ...policyFaults(service)];
  if (mismatched.length > 0) return mismatched;
  return unconfiguredFaults(service, configured);
}

const CLUSTER_IPS = 'spec.clusterIPs';
const FAMILY_POLICY = 'spec.ipFamilyPolicy';

function clusterIPFaults({ spec }: Service): readonly FieldError[] {
  const { clusterIP, clusterIPs = [] } = spec;
  const errors: FieldError[] = [];
  const fault = (detail: string): void => {
    errors.push({ type: 'Invalid', field: CLUSTER_IPS, value: clusterIPs, detail });
  };
  if (clusterIP === undefined && clusterIPs.length > 0) {
    fault('must be empty when `clusterIP` is not specified');
  }
  if (clusterIP !== undefined && clusterIP !== clusterIPs[0]) {
    fault('first value must match `clusterIP`');
  }
  for (const [index, ip] of clusterIPs.entries()) {
    if (index === 0 && ip === 'None') {
      if (clusterIPs.length > 1) fault("'None' must be the first and only value");
    } else {
      for (const detail of validateIP(ip)) {
        errors.push({ type: 'Invalid', field: `${CLUSTER_IPS}[${index}]`, value: ip, detail });
      }
    }
  }
  if (clusterIPs.length > 2) fault('may only hold up to 2 values');
  if (errors.length === 0 && clusterIPs.length === 2) {
    const [first, second] = clusterIPs.map(familyOf);
    if (first === second) fault('may specify no more than one IP for each IP family');
  }
  return errors;
}

function familyFaults(service: Service): readonly FieldError[] {
  const { clusterIPs = [], ipFamilies = [] } = service.spec;
  const repeated = ipFamilies.flatMap((family, index): readonly FieldError[] =>
    ipFamilies.indexOf(family) === index
      ? []
      : [{ type: 'Duplicate', field: `spec.ipFamilies[${index}]`, value: family, detail: '' }],
  );
  if (isHeadless(service)) return repeated;
  const mismatched = clusterIPs.flatMap((ip, index): readonly FieldError[] => {
    const family = ipFamilies[index];
    if (family === undefined || family === familyOf(ip)) return [];
    const detail = `expected an ${family} value as indicated by \`ipFamilies[${index}]\``;
    return [{ type: 'Invalid', field: `${CLUSTER_IPS}[${index}]`, value: ip, detail }];
  });
  return [...repeated, ...mismatched];
}

function policyFaults({ spec }: Service): readonly FieldError[] {
  if (spec.ipFamilyPolicy !== 'SingleStack') return [];
  const fault = (what: string): FieldError => ({
    type: 'Invalid',
    field: FAMILY_POLICY,
    value: spec.ipFamilyPolicy,
    detail: `must be 'RequireDualStack' or 'PreferDualStack' when multiple ${what} are specified`,
  });
  return [
    ...(spec.clusterIPs?.length === 2 ? [fault('cluster IPs')] : []),
    ...(spec.ipFamilies?.length === 2 ? [fault('IP families')] : []),
  ];
}

function unconfiguredFaults(
  service: Service,
  configured: readonly IPFamily[],
): readonly FieldError[] {
  const { clusterIPs = [], ipFamilies = [], ipFamilyPolicy } = service.spec;
  if (isHeadless(service) && !hasSelector(service)) return [];
  const errors: FieldError[] = [];
  const fault = (field: string, value: unknown, detail: string): void => {
    errors.push({ type: 'Invalid', field, value, detail });
  };
  // A cluster IP without a family has one that could not be filled in.
  for (const [index, ip] of clusterIPs.entries()) {
    if (index < ipFamilies.length || isHeadless(service)) continue;
    const detail = `${familyOf(ip)} is not configured on this cluster`;
    fault(`${CLUSTER_IPS}[${index}]`, clusterIPs, detail);
  }
  if (errors.length > 0) return errors;
  if (ipFamilyPolicy === 'RequireDualStack' && configured.length < 2) {
    const detail = 'this cluster is not configured for dual-stack services';
    fault(FAMILY_POLICY, ipFamilyPolicy, detail);
  }
  for (const [index, family] of ipFamilies.entries()) {
    if (configured.includes(family)) continue;
    fault(`spec.ipFamilies[${index}]`, family, 'not configured on this cluster');
  }
  return errors;
}

function familyOf(ip: string): IPFamily | undefined {
  return parseIP(ip)?.family;
}
