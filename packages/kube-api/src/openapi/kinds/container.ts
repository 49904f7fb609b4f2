import {
  boolean,
  each,
  int32,
  listMap,
  listOf,
  merging,
  quantities,
  setOf,
  string,
  strings,
  struct,
  withDefault,
  type Struct,
} from '../schema/schema.ts';
import { envFromSource, envVar } from './environment.ts';
import { lifecycle, probe } from './probe.ts';
import { securityContext } from './security.ts';

const containerPort = struct('core.v1.ContainerPort', {
  containerPort: int32,
  hostIP: string,
  hostPort: int32,
  name: string,
  protocol: withDefault(string, 'TCP'),
});

const containerResizePolicy = struct('core.v1.ContainerResizePolicy', {
  ...each(string, 'resourceName restartPolicy'),
});

const containerRestartRuleOnExitCodes = struct('core.v1.ContainerRestartRuleOnExitCodes', {
  operator: string,
  values: setOf(int32),
});

const containerRestartRule = struct('core.v1.ContainerRestartRule', {
  action: string,
  exitCodes: containerRestartRuleOnExitCodes,
});

const resourceClaim = struct('core.v1.ResourceClaim', { ...each(string, 'name request') });

export const resourceRequirements: Struct = struct('core.v1.ResourceRequirements', {
  claims: merging(listMap(resourceClaim, 'name')),
  ...each(quantities, 'limits requests'),
});

const volumeDevice = struct('core.v1.VolumeDevice', { ...each(string, 'name devicePath') });

const volumeMount = struct('core.v1.VolumeMount', {
  ...each(string, 'name mountPath mountPropagation recursiveReadOnly subPath subPathExpr'),
  readOnly: boolean,
});

const containerFields = {
  ...each(strings, 'args command'),
  env: listMap(envVar, 'name'),
  envFrom: listOf(envFromSource),
  ...each(string, 'name image imagePullPolicy restartPolicy workingDir'),
  ...each(string, 'terminationMessagePath terminationMessagePolicy'),
  lifecycle,
  ...each(probe, 'livenessProbe readinessProbe startupProbe'),
  ports: listMap(containerPort, 'containerPort protocol'),
  resizePolicy: listOf(containerResizePolicy),
  resources: resourceRequirements,
  restartPolicyRules: listOf(containerRestartRule),
  securityContext,
  ...each(boolean, 'stdin stdinOnce tty'),
  volumeDevices: listMap(volumeDevice, 'devicePath'),
  volumeMounts: listMap(volumeMount, 'mountPath'),
};

export const container: Struct = struct('core.v1.Container', containerFields);

export const ephemeralContainer: Struct = struct('core.v1.EphemeralContainer', {
  ...containerFields,
  targetContainerName: string,
});
