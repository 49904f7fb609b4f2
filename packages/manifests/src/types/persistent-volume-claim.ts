import { each, object, type Schema } from '../schema/object.ts';
import { listOf, quantities, string, stringMap, strings, time } from '../schema/values.ts';
import {
  labelSelector,
  objectMeta,
  typedLocalObjectReference,
  typedObjectReference,
} from './meta.ts';

const volumeResourceRequirements = object({ ...each(quantities, 'limits requests') });

const persistentVolumeClaimSpec = object({
  accessModes: strings,
  dataSource: typedLocalObjectReference,
  dataSourceRef: typedObjectReference,
  resources: volumeResourceRequirements,
  selector: labelSelector,
  ...each(string, 'storageClassName volumeAttributesClassName volumeMode volumeName'),
});

const persistentVolumeClaimCondition = object({
  ...each(time, 'lastProbeTime lastTransitionTime'),
  ...each(string, 'message reason status type'),
});

const modifyVolumeStatus = object({ ...each(string, 'status targetVolumeAttributesClassName') });

const persistentVolumeClaimStatus = object({
  accessModes: strings,
  allocatedResourceStatuses: stringMap,
  ...each(quantities, 'allocatedResources capacity'),
  conditions: listOf(persistentVolumeClaimCondition),
  ...each(string, 'currentVolumeAttributesClassName phase'),
  modifyVolumeStatus,
});

export const persistentVolumeClaim: Schema = object({
  ...each(string, 'apiVersion kind'),
  metadata: objectMeta,
  spec: persistentVolumeClaimSpec,
  status: persistentVolumeClaimStatus,
});

export const persistentVolumeClaimTemplate: Schema = object({
  metadata: objectMeta,
  spec: persistentVolumeClaimSpec,
});
