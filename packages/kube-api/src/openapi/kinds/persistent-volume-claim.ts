import {
  each,
  listMap,
  quantities,
  string,
  stringMap,
  strings,
  struct,
  time,
  type Struct,
} from '../schema/schema.ts';
import {
  labelSelector,
  objectMeta,
  typedLocalObjectReference,
  typedObjectReference,
} from './meta.ts';

const volumeResourceRequirements = struct('core.v1.VolumeResourceRequirements', {
  ...each(quantities, 'limits requests'),
});

const persistentVolumeClaimSpec = struct('core.v1.PersistentVolumeClaimSpec', {
  accessModes: strings,
  dataSource: typedLocalObjectReference,
  dataSourceRef: typedObjectReference,
  resources: volumeResourceRequirements,
  selector: labelSelector,
  ...each(string, 'storageClassName volumeAttributesClassName volumeMode volumeName'),
});

const persistentVolumeClaimCondition = struct('core.v1.PersistentVolumeClaimCondition', {
  ...each(time, 'lastProbeTime lastTransitionTime'),
  ...each(string, 'message reason status type'),
});

const modifyVolumeStatus = struct('core.v1.ModifyVolumeStatus', {
  ...each(string, 'status targetVolumeAttributesClassName'),
});

const persistentVolumeClaimStatus = struct('core.v1.PersistentVolumeClaimStatus', {
  accessModes: strings,
  allocatedResourceStatuses: stringMap,
  ...each(quantities, 'allocatedResources capacity'),
  conditions: listMap(persistentVolumeClaimCondition, 'type'),
  ...each(string, 'currentVolumeAttributesClassName phase'),
  modifyVolumeStatus,
});

export const persistentVolumeClaim: Struct = struct('core.v1.PersistentVolumeClaim', {
  ...each(string, 'apiVersion kind'),
  metadata: objectMeta,
  spec: persistentVolumeClaimSpec,
  status: persistentVolumeClaimStatus,
});

export const persistentVolumeClaimTemplate: Struct = struct(
  'core.v1.PersistentVolumeClaimTemplate',
  {
    metadata: objectMeta,
    spec: persistentVolumeClaimSpec,
  },
);
