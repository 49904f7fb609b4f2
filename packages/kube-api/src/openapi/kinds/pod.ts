import {
  atomic,
  boolean,
  each,
  int32,
  int64,
  listMap,
  listOf,
  merging,
  quantities,
  string,
  stringMap,
  strings,
  struct,
  type PatchMeta,
  type Struct,
} from '../schema/schema.ts';
import { container, ephemeralContainer, resourceRequirements } from './container.ts';
import { localObjectReference, objectMeta } from './meta.ts';
import { podStatus } from './pod-status.ts';
import {
  affinity,
  podSchedulingGate,
  podSchedulingGroup,
  toleration,
  topologySpreadConstraint,
} from './scheduling.ts';
import { podSecurityContext } from './security.ts';
import { volume } from './volume.ts';

const hostAlias = struct('core.v1.HostAlias', { hostnames: strings, ip: string });

const podDNSConfigOption = struct('core.v1.PodDNSConfigOption', { ...each(string, 'name value') });

const podDNSConfig = struct('core.v1.PodDNSConfig', {
  ...each(strings, 'nameservers searches'),
  options: listOf(podDNSConfigOption),
});

const podOS = struct('core.v1.PodOS', { name: string });

const podReadinessGate = struct('core.v1.PodReadinessGate', { conditionType: string });

const podResourceClaim = struct('core.v1.PodResourceClaim', {
  ...each(string, 'name resourceClaimName resourceClaimTemplateName'),
});

const mergeRetainingKeys: PatchMeta = { strategies: ['merge', 'retainKeys'], mergeKey: 'name' };

const podSpec = struct('core.v1.PodSpec', {
  ...each(int64, 'activeDeadlineSeconds terminationGracePeriodSeconds'),
  affinity,
  ...each(boolean, 'hostIPC hostNetwork hostPID hostUsers setHostnameAsFQDN'),
  ...each(boolean, 'automountServiceAccountToken enableServiceLinks shareProcessNamespace'),
  ...each(listMap(container, 'name'), 'containers initContainers'),
  dnsConfig: podDNSConfig,
  ...each(string, 'dnsPolicy hostnameOverride serviceAccount serviceAccountName'),
  ...each(string, 'preemptionPolicy priorityClassName runtimeClassName schedulerName'),
  ephemeralContainers: listMap(ephemeralContainer, 'name'),
  hostAliases: listMap(hostAlias, 'ip'),
  ...each(string, 'hostname nodeName restartPolicy subdomain'),
  imagePullSecrets: listMap(localObjectReference, 'name'),
  nodeSelector: atomic(stringMap),
  os: podOS,
  overhead: quantities,
  priority: int32,
  readinessGates: listOf(podReadinessGate),
  resourceClaims: merging(listMap(podResourceClaim, 'name'), mergeRetainingKeys),
  resources: resourceRequirements,
  schedulingGates: listMap(podSchedulingGate, 'name'),
  securityContext: podSecurityContext,
  tolerations: listOf(toleration),
  topologySpreadConstraints: listMap(topologySpreadConstraint, 'topologyKey whenUnsatisfiable'),
  volumes: merging(listMap(volume, 'name'), mergeRetainingKeys),
  schedulingGroup: podSchedulingGroup,
});

export const podTemplateSpec: Struct = struct('core.v1.PodTemplateSpec', {
  metadata: objectMeta,
  spec: podSpec,
});

export const pod: Struct = struct('core.v1.Pod', {
  ...each(string, 'apiVersion kind'),
  metadata: objectMeta,
  spec: podSpec,
  status: podStatus,
});
