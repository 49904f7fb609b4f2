import type { CompiledWithStandIns } from '@portolan/compile';

import { affinityCookiesShared } from '../affinity-cookie/affinity-cookie.ts';
import { annotations } from '../annotation/annotation.ts';
import { backends } from '../backend/backend.ts';
import { addressCollisions } from '../collision/address-collision.ts';
import { diagnosed } from '../diagnostics/diagnostics.ts';
import {
  endpointsWithoutService,
  servicesWithoutEndpoints,
} from '../endpoints-given/endpoints-given.ts';
import { fieldsNotHonoured } from '../field/field.ts';
import type { Finding } from '../finding/finding.ts';
import { compareFindings } from '../finding/order.ts';
import { governingServices } from '../governing-service/governing-service.ts';
import { healthNotChecked } from '../health-check/health-check.ts';
import { kindsNotServed } from '../kind/kind.ts';
import { literalPaths } from '../literal-path/literal-path.ts';
import { loadBalancersWithoutAddress } from '../load-balancer-address/load-balancer-address.ts';
import { loadBalancersOneByOne } from '../load-balancer-cost/load-balancer-cost.ts';
import { podsSelectedByNone } from '../pod-selection/pod-selection.ts';
import { protocolsNotCarried } from '../protocol/protocol.ts';
import { reachability } from '../reachability/reachability.ts';
import { servicesWithoutReadyEndpoint } from '../readiness/readiness.ts';
import { servicesThatSelectNothing } from '../service-selection/service-selection.ts';
import { subjectOf, type CheckOptions, type Rule } from '../subject/subject.ts';
import { targetPorts } from '../target-port/target-port.ts';
import { hostsWithoutTLS, tlsHostsWithoutRule } from '../tls/hosts.ts';
import { tlsSecrets } from '../tls/secrets.ts';
import { tlsTermination } from '../tls/termination.ts';
import { rulesThatNeverWin } from '../unreachable/unreachable.ts';

const RULES: readonly Rule[] = [
  diagnosed,
  backends,
  addressCollisions,
  rulesThatNeverWin,
  literalPaths,
  servicesThatSelectNothing,
  podsSelectedByNone,
  targetPorts,
  servicesWithoutReadyEndpoint,
  servicesWithoutEndpoints,
  endpointsWithoutService,
  governingServices,
  loadBalancersWithoutAddress,
  loadBalancersOneByOne,
  hostsWithoutTLS,
  tlsHostsWithoutRule,
  tlsSecrets,
  tlsTermination,
  annotations,
  affinityCookiesShared,
  fieldsNotHonoured,
  kindsNotServed,
  protocolsNotCarried,
  reachability,
  healthNotChecked,
];

/**
 * Everything wrong or doubtful about manifests, each finding with its place, sorted by file, line, column and code. The Pods
 * that workloads would make are taken to be there and ready, as `compileWithStandIns` has them.
 *
 * Without a target or dialers nothing is said of what can be reached.
 */
export function check(
  subject: CompiledWithStandIns,
  options: CheckOptions = {},
): readonly Finding[] {
  const prepared = subjectOf(subject, options);
  return RULES.flatMap((rule) => rule(prepared)).toSorted(compareFindings);
}
