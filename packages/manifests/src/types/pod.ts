import { each, object, type Schema } from '../schema/object.ts';
import {
  boolean,
  int32,
  int64,
  listOf,
  quantities,
  string,
  stringMap,
  stringOmitEmpty,
  strings,
} from '../schema/values.ts';
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

const hostAlias = object({ hostnames: strings, ip: string });

const podDNSConfigOption = object({ ...each(string, 'name value') });

const podDNSConfig = object({
  ...each(strings, 'nameservers searches'),
  options: listOf(podDNSConfigOption),
});

const podOS = object({ name: string });

const podReadinessGate = object({ conditionType: string });

const podResourceClaim = object({
  ...each(string, 'name resourceClaimName resourceClaimTemplateName'),
});

const podSpec = object({
  ...each(int64, 'activeDeadlineSeconds terminationGracePeriodSeconds'),
  affinity,
  ...each(boolean, 'hostIPC hostNetwork hostPID hostUsers setHostnameAsFQDN'),
  ...each(boolean, 'automountServiceAccountToken enableServiceLinks shareProcessNamespace'),
  ...each(listOf(container), 'containers initContainers'),
  dnsConfig: podDNSConfig,
  ...each(string, 'dnsPolicy hostnameOverride serviceAccount serviceAccountName'),
  ...each(string, 'preemptionPolicy priorityClassName runtimeClassName schedulerName'),
  ephemeralContainers: listOf(ephemeralContainer),
  hostAliases: listOf(hostAlias),
  ...each(stringOmitEmpty, 'hostname nodeName restartPolicy subdomain'),
  imagePullSecrets: listOf(localObjectReference),
  nodeSelector: stringMap,
  os: podOS,
  overhead: quantities,
  priority: int32,
  readinessGates: listOf(podReadinessGate),
  resourceClaims: listOf(podResourceClaim),
  resources: resourceRequirements,
  schedulingGates: listOf(podSchedulingGate),
  securityContext: podSecurityContext,
  tolerations: listOf(toleration),
  topologySpreadConstraints: listOf(topologySpreadConstraint),
  volumes: listOf(volume),
  schedulingGroup: podSchedulingGroup,
});

export const podTemplateSpec: Schema = object({ metadata: objectMeta, spec: podSpec });

export const pod: Schema = object({
  ...each(string, 'apiVersion kind'),
  metadata: objectMeta,
  spec: podSpec,
  status: podStatus,
});
