import { canonicalJSON } from '../canonical-json/canonical-json.ts';
import type { FieldError } from '../field-error/field-error.ts';
import type { Service, ServicePort, ServiceSpec } from '../resources/service.ts';
import type { Claim } from './allocation.ts';
import type { ComposedServiceType } from './compose.ts';

/**
 * A Service with the cluster IPs and IP families of the one that it takes the place of, as far as it leaves them out and both
 * types have cluster IPs. One that goes back to a single stack, and repeats what it had on both, gives up the second.
 *
 * Source: Kubernetes, `patchAllocatedValues`, `normalizeClusterIPs` and `trimFieldsForDualStackDowngrade`.
 */
export function carryOver(
  service: Service,
  type: ComposedServiceType,
  previous: Service,
  previousType: ComposedServiceType,
): Service {
  if (!hasClusterIPs(type) || !hasClusterIPs(previousType)) return service;
  const { spec } = service;
  const { spec: before } = previous;
  const clusterIP = spec.clusterIP || before.clusterIP;
  const clusterIPs = spec.clusterIPs?.length ? spec.clusterIPs : before.clusterIPs;
  const isReplaced = clusterIP !== before.clusterIP && isSame(clusterIPs, before.clusterIPs);
  const ipFamilies = spec.ipFamilies?.length ? spec.ipFamilies : before.ipFamilies;
  const ipFamilyPolicy = spec.ipFamilyPolicy ?? before.ipFamilyPolicy;
  const carried: ServiceSpec = {
    ...spec,
    ...(clusterIP && { clusterIP, clusterIPs: isReplaced ? [clusterIP] : clusterIPs }),
    ...(ipFamilies && { ipFamilies }),
    ...(ipFamilyPolicy && { ipFamilyPolicy }),
  };
  return { ...service, spec: { ...carried, ...downgrade(carried, before) } };
}

function hasClusterIPs({ chain }: ComposedServiceType): boolean {
  return chain.some(({ pools = [] }) => pools.some(({ name }) => name.startsWith('clusterIP/')));
}

/** What is left where a Service gives up its second stack and repeats what it had for both. */
function downgrade(spec: ServiceSpec, before: ServiceSpec): Partial<ServiceSpec> {
  if (spec.ipFamilyPolicy !== 'SingleStack' || before.ipFamilyPolicy === 'SingleStack') return {};
  const { clusterIPs, ipFamilies } = spec;
  return {
    ...(isSame(clusterIPs, before.clusterIPs) && { clusterIPs: clusterIPs?.slice(0, 1) }),
    ...(isSame(ipFamilies, before.ipFamilies) && { ipFamilies: ipFamilies?.slice(0, 1) }),
  };
}

/** Fields that some types have and others may not have, by the field that is then said to be at fault. */
const LEFTOVERS: ReadonlyMap<string, readonly (keyof ServiceSpec)[]> = new Map([
  ['spec.allocateLoadBalancerNodePorts', ['allocateLoadBalancerNodePorts']],
  ['spec.clusterIPs', ['clusterIP', 'clusterIPs']],
  ['spec.externalTrafficPolicy', ['externalTrafficPolicy']],
  ['spec.healthCheckNodePort', ['healthCheckNodePort']],
  ['spec.ipFamilies', ['ipFamilies']],
  ['spec.ipFamilyPolicy', ['ipFamilyPolicy']],
  ['spec.loadBalancerClass', ['loadBalancerClass']],
]);

const NODE_PORT = /^spec\.ports\[\d+\]\.nodePort$/u;

/**
 * A Service without what it is at fault for having, as far as it has it from the one that it takes the place of: what another
 * type had, and what went with another traffic policy. The Service itself where there is no such thing.
 *
 * Source: Kubernetes, `dropTypeDependentFields`.
 */
export function withoutLeftovers(
  service: Service,
  previous: Service,
  errors: readonly FieldError[],
): Service {
  const dropped = errors
    .flatMap(({ field }) => [LEFTOVERS.get(field) ?? []])
    .filter((names) => names.every((name) => isSame(service.spec[name], previous.spec[name])))
    .flat();
  const dropsNodePorts =
    errors.some(({ field }) => NODE_PORT.test(field)) &&
    isSame(nodePorts(service), nodePorts(previous));
  if (dropped.length === 0 && !dropsNodePorts) return service;
  const kept = Object.entries(service.spec).filter(
    ([name]) => !dropped.some((each) => each === name),
  );
  const spec: ServiceSpec = Object.fromEntries(kept);
  const ports = spec.ports?.map(withoutNodePort);
  return { ...service, spec: { ...spec, ...(dropsNodePorts && { ports }) } };
}

function withoutNodePort(port: ServicePort): ServicePort {
  const { nodePort: _, ...rest } = port;
  return rest;
}

function nodePorts({ spec }: Service): readonly number[] {
  return (spec.ports ?? []).flatMap(({ nodePort }) => nodePort ?? []).toSorted((a, b) => a - b);
}

/**
 * What an update may not change: cluster IPs and their families, but for a second one that comes or goes, as long as both
 * types have cluster IPs; and the class of a load balancer.
 *
 * Source: Kubernetes, `ValidateServiceUpdate`.
 */
export function updateFaults(
  service: Service,
  type: ComposedServiceType,
  previous: Service,
  previousType: ComposedServiceType,
): readonly FieldError[] {
  const errors: FieldError[] = [];
  if (hasClusterIPs(type) && hasClusterIPs(previousType)) {
    const isHeadless = [service, previous].map(({ spec }) => spec.clusterIPs?.[0] === 'None');
    if (!isHeadless.every(Boolean))
      errors.push(...stackFaults('clusterIPs', 'clusterIP', service, previous));
    if (!isHeadless.some(Boolean))
      errors.push(...stackFaults('ipFamilies', 'ipFamily', service, previous));
  }
  const { loadBalancerClass: value } = service.spec;
  if (type === previousType && value !== previous.spec.loadBalancerClass) {
    errors.push(unchangeable('spec.loadBalancerClass', value));
  }
  return errors;
}

function* stackFaults(
  name: 'clusterIPs' | 'ipFamilies',
  noun: string,
  { spec }: Service,
  previous: Service,
): Generator<FieldError, void, undefined> {
  const [now, before] = [spec[name] ?? [], previous.spec[name] ?? []];
  const changed = before.findIndex(
    (value, index) => now[index] !== undefined && now[index] !== value,
  );
  if (changed !== -1) yield unchangeable(`spec.${name}[${changed}]`, now);
  if (now.length < before.length && spec.ipFamilyPolicy !== 'SingleStack') {
    const detail = `must be set to 'SingleStack' when releasing the secondary ${noun}`;
    yield { type: 'Invalid', field: 'spec.ipFamilyPolicy', value: spec.ipFamilyPolicy, detail };
  }
}

function unchangeable(field: string, value: unknown): FieldError {
  return { type: 'Invalid', field, value, detail: 'may not change once set' };
}

/**
 * Claims that name no value, with the value that was granted for them before, unless the Service fixes that for something
 * else. Claims of a port are told apart by its name, the others by their field.
 *
 * Source: Kubernetes, `patchAllocatedValues`.
 */
export function keepGrants(
  service: Service,
  claims: readonly Claim[],
  previous: Service,
  previousClaims: readonly Claim[],
): readonly Claim[] {
  const before = new Map(previousClaims.map((claim) => [slotOf(claim, previous), claim.wanted]));
  const fixed = new Set(claims.map(({ pool, wanted }) => `${pool} ${wanted}`));
  return claims.map((claim) => {
    const wanted = claim.wanted ?? before.get(slotOf(claim, service));
    const isKept = claim.wanted === undefined && !fixed.has(`${claim.pool} ${wanted}`);
    return isKept && wanted !== undefined ? { ...claim, wanted } : claim;
  });
}

const OF_PORT = /^spec\.ports\[(\d+)\]/u;

function slotOf({ pool, field }: Claim, { spec }: Service): string {
  const port: ServicePort | undefined = spec.ports?.[Number(OF_PORT.exec(field)?.[1])];
  return `${pool} ${port ? field.replace(OF_PORT, `spec.ports[${port.name ?? ''}]`) : field}`;
}

function isSame(a: unknown, b: unknown): boolean {
  return canonicalJSON(a) === canonicalJSON(b);
}
