import { atomic, boolean, each, quantity, string, struct, type Struct } from '../schema/schema.ts';

const configMapKeySelector = atomic(
  struct('core.v1.ConfigMapKeySelector', { ...each(string, 'name key'), optional: boolean }),
);

const secretKeySelector = atomic(
  struct('core.v1.SecretKeySelector', { ...each(string, 'name key'), optional: boolean }),
);

const fileKeySelector = atomic(
  struct('core.v1.FileKeySelector', { ...each(string, 'key path volumeName'), optional: boolean }),
);

export const objectFieldSelector: Struct = atomic(
  struct('core.v1.ObjectFieldSelector', { ...each(string, 'apiVersion fieldPath') }),
);

export const resourceFieldSelector: Struct = atomic(
  struct('core.v1.ResourceFieldSelector', {
    ...each(string, 'containerName resource'),
    divisor: quantity,
  }),
);

const envVarSource = struct('core.v1.EnvVarSource', {
  configMapKeyRef: configMapKeySelector,
  fieldRef: objectFieldSelector,
  resourceFieldRef: resourceFieldSelector,
  secretKeyRef: secretKeySelector,
  fileKeyRef: fileKeySelector,
});

export const envVar: Struct = struct('core.v1.EnvVar', {
  ...each(string, 'name value'),
  valueFrom: envVarSource,
});

const configMapEnvSource = struct('core.v1.ConfigMapEnvSource', {
  name: string,
  optional: boolean,
});

const secretEnvSource = struct('core.v1.SecretEnvSource', { name: string, optional: boolean });

export const envFromSource: Struct = struct('core.v1.EnvFromSource', {
  configMapRef: configMapEnvSource,
  prefix: string,
  secretRef: secretEnvSource,
});
