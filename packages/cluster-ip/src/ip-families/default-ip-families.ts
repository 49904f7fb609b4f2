import { hasSelector, parseIP } from '@portolan/core';
import type { IPFamily, Service, ServiceSpec } from '@portolan/core';

import { isHeadless } from '../headless/headless.ts';

/**
 * Fills in `clusterIPs`, `ipFamilyPolicy` and `ipFamilies`, as far as what is given makes sense; the rest is for validation.
 *
 * `configured` are the families that cluster IPs can be had of, the preferred one first. A headless Service without a selector
 * has both families by default, whether configured or not, since only DNS answers for it.
 *
 * Source: Kubernetes, IPv4/IPv6 dual-stack; KEP-563.
 */
export function defaultIPFamilies(service: Service, configured: readonly IPFamily[]): Service {
  const { clusterIP, clusterIPs, ...rest } = service.spec;
  const given = clusterIPs?.length ? clusterIPs : clusterIP ? [clusterIP] : [];
  const spec: ServiceSpec = {
    ...rest,
    ...(clusterIP && { clusterIP }),
    ...(given.length > 0 && { clusterIPs: given }),
  };
  const isBare = isHeadless({ ...service, spec }) && !hasSelector(service);
  const ipFamilyPolicy = spec.ipFamilyPolicy ?? (isBare ? 'RequireDualStack' : 'SingleStack');
  const most = ipFamilyPolicy === 'SingleStack' ? 1 : 2;
  const families = [...(spec.ipFamilies ?? [])];
  const fixed = given[0] === 'None' ? [] : given;
  for (const ip of fixed.slice(families.length, most)) {
    const family = parseIP(ip)?.family;
    if (family === undefined || !configured.includes(family)) break;
    families.push(family);
  }
  if (families.length === 0 && fixed.length === 0) families.push(...configured.slice(0, 1));
  if (families.length === 1 && most === 2 && (isBare || configured.length === 2)) {
    families.push(families[0] === 'IPv4' ? 'IPv6' : 'IPv4');
  }
  return {
    ...service,
    spec: { ...spec, ipFamilyPolicy, ...(families.length > 0 && { ipFamilies: families }) },
  };
}
