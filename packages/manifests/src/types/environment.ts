import { each, object, type Schema } from '../schema/object.ts';
import { boolean, quantity, string } from '../schema/values.ts';

const configMapKeySelector = object({ ...each(string, 'name key'), optional: boolean });

const secretKeySelector = object({ ...each(string, 'name key'), optional: boolean });

const fileKeySelector = object({ ...each(string, 'key path volumeName'), optional: boolean });

export const objectFieldSelector: Schema = object({ ...each(string, 'apiVersion fieldPath') });

export const resourceFieldSelector: Schema = object({
  ...each(string, 'containerName resource'),
  divisor: quantity,
});

const envVarSource = object({
  configMapKeyRef: configMapKeySelector,
  fieldRef: objectFieldSelector,
  resourceFieldRef: resourceFieldSelector,
  secretKeyRef: secretKeySelector,
  fileKeyRef: fileKeySelector,
});

export const envVar: Schema = object({ ...each(string, 'name value'), valueFrom: envVarSource });

const configMapEnvSource = object({ name: string, optional: boolean });

const secretEnvSource = object({ name: string, optional: boolean });

export const envFromSource: Schema = object({
  configMapRef: configMapEnvSource,
  prefix: string,
  secretRef: secretEnvSource,
});
