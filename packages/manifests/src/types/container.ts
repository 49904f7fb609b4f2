import { each, object, type Schema } from '../schema/object.ts';
import {
  boolean,
  int32,
  int32OmitEmpty,
  listOf,
  quantities,
  string,
  stringOmitEmpty,
  strings,
} from '../schema/values.ts';
import { envFromSource, envVar } from './environment.ts';
import { lifecycle, probe } from './probe.ts';
import { securityContext } from './security.ts';

const containerPort = object({
  containerPort: int32,
  hostIP: string,
  hostPort: int32OmitEmpty,
  ...each(stringOmitEmpty, 'name protocol'),
});

const containerResizePolicy = object({ ...each(string, 'resourceName restartPolicy') });

const containerRestartRuleOnExitCodes = object({ operator: string, values: listOf(int32) });

const containerRestartRule = object({ action: string, exitCodes: containerRestartRuleOnExitCodes });

const resourceClaim = object({ ...each(string, 'name request') });

export const resourceRequirements: Schema = object({
  claims: listOf(resourceClaim),
  ...each(quantities, 'limits requests'),
});

const volumeDevice = object({ ...each(string, 'name devicePath') });

const volumeMount = object({
  ...each(string, 'name mountPath mountPropagation recursiveReadOnly subPath subPathExpr'),
  readOnly: boolean,
});

const containerFields = {
  ...each(strings, 'args command'),
  env: listOf(envVar),
  envFrom: listOf(envFromSource),
  ...each(string, 'name image imagePullPolicy restartPolicy workingDir'),
  ...each(string, 'terminationMessagePath terminationMessagePolicy'),
  lifecycle,
  ...each(probe, 'livenessProbe readinessProbe startupProbe'),
  ports: listOf(containerPort),
  resizePolicy: listOf(containerResizePolicy),
  resources: resourceRequirements,
  restartPolicyRules: listOf(containerRestartRule),
  securityContext,
  ...each(boolean, 'stdin stdinOnce tty'),
  volumeDevices: listOf(volumeDevice),
  volumeMounts: listOf(volumeMount),
};

export const container: Schema = object(containerFields);

export const ephemeralContainer: Schema = object({
  ...containerFields,
  targetContainerName: string,
});
