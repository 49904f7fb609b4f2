import { each, object, type Schema } from '../schema/object.ts';
import { boolean, int32, listOf, quantity, string, stringMap, strings } from '../schema/values.ts';
import { localObjectReference } from './meta.ts';
import { persistentVolumeClaimTemplate } from './persistent-volume-claim.ts';
import { downwardAPIVolumeFile, keyToPath, projectedVolumeSource } from './projected-volume.ts';

const awsElasticBlockStoreVolumeSource = object({
  ...each(string, 'fsType volumeID'),
  partition: int32,
  readOnly: boolean,
});

const azureDiskVolumeSource = object({
  ...each(string, 'kind cachingMode diskName diskURI fsType'),
  readOnly: boolean,
});

const azureFileVolumeSource = object({
  readOnly: boolean,
  ...each(string, 'secretName shareName'),
});

const cephFSVolumeSource = object({
  monitors: strings,
  ...each(string, 'path secretFile user'),
  readOnly: boolean,
  secretRef: localObjectReference,
});

const cinderVolumeSource = object({
  ...each(string, 'fsType volumeID'),
  readOnly: boolean,
  secretRef: localObjectReference,
});

const configMapVolumeSource = object({
  defaultMode: int32,
  items: listOf(keyToPath),
  name: string,
  optional: boolean,
});

const csiVolumeSource = object({
  ...each(string, 'driver fsType'),
  nodePublishSecretRef: localObjectReference,
  readOnly: boolean,
  volumeAttributes: stringMap,
});

const downwardAPIVolumeSource = object({
  defaultMode: int32,
  items: listOf(downwardAPIVolumeFile),
});

const emptyDirVolumeSource = object({ medium: string, sizeLimit: quantity });

const ephemeralVolumeSource = object({ volumeClaimTemplate: persistentVolumeClaimTemplate });

const fcVolumeSource = object({
  fsType: string,
  lun: int32,
  readOnly: boolean,
  ...each(strings, 'targetWWNs wwids'),
});

const flexVolumeSource = object({
  ...each(string, 'driver fsType'),
  options: stringMap,
  readOnly: boolean,
  secretRef: localObjectReference,
});

const flockerVolumeSource = object({ ...each(string, 'datasetName datasetUUID') });

const gcePersistentDiskVolumeSource = object({
  ...each(string, 'fsType pdName'),
  partition: int32,
  readOnly: boolean,
});

const gitRepoVolumeSource = object({ ...each(string, 'directory repository revision') });

const glusterfsVolumeSource = object({ ...each(string, 'endpoints path'), readOnly: boolean });

const hostPathVolumeSource = object({ ...each(string, 'path type') });

const imageVolumeSource = object({ ...each(string, 'pullPolicy reference') });

const iscsiVolumeSource = object({
  ...each(boolean, 'chapAuthDiscovery chapAuthSession readOnly'),
  ...each(string, 'fsType initiatorName iqn iscsiInterface targetPortal'),
  lun: int32,
  portals: strings,
  secretRef: localObjectReference,
});

const nfsVolumeSource = object({ ...each(string, 'path server'), readOnly: boolean });

const persistentVolumeClaimVolumeSource = object({ claimName: string, readOnly: boolean });

const photonPersistentDiskVolumeSource = object({ ...each(string, 'fsType pdID') });

const portworxVolumeSource = object({ ...each(string, 'fsType volumeID'), readOnly: boolean });

const quobyteVolumeSource = object({
  ...each(string, 'group registry tenant user volume'),
  readOnly: boolean,
});

const rbdVolumeSource = object({
  ...each(string, 'fsType image keyring pool user'),
  monitors: strings,
  readOnly: boolean,
  secretRef: localObjectReference,
});

const scaleIOVolumeSource = object({
  ...each(string, 'fsType gateway protectionDomain storageMode storagePool system volumeName'),
  ...each(boolean, 'readOnly sslEnabled'),
  secretRef: localObjectReference,
});

const secretVolumeSource = object({
  defaultMode: int32,
  items: listOf(keyToPath),
  optional: boolean,
  secretName: string,
});

const storageOSVolumeSource = object({
  ...each(string, 'fsType volumeName volumeNamespace'),
  readOnly: boolean,
  secretRef: localObjectReference,
});

const vsphereVirtualDiskVolumeSource = object({
  ...each(string, 'fsType storagePolicyID storagePolicyName volumePath'),
});

export const volume: Schema = object({
  awsElasticBlockStore: awsElasticBlockStoreVolumeSource,
  azureDisk: azureDiskVolumeSource,
  azureFile: azureFileVolumeSource,
  cephfs: cephFSVolumeSource,
  cinder: cinderVolumeSource,
  configMap: configMapVolumeSource,
  csi: csiVolumeSource,
  downwardAPI: downwardAPIVolumeSource,
  emptyDir: emptyDirVolumeSource,
  ephemeral: ephemeralVolumeSource,
  fc: fcVolumeSource,
  flexVolume: flexVolumeSource,
  flocker: flockerVolumeSource,
  gcePersistentDisk: gcePersistentDiskVolumeSource,
  gitRepo: gitRepoVolumeSource,
  glusterfs: glusterfsVolumeSource,
  hostPath: hostPathVolumeSource,
  image: imageVolumeSource,
  iscsi: iscsiVolumeSource,
  name: string,
  nfs: nfsVolumeSource,
  persistentVolumeClaim: persistentVolumeClaimVolumeSource,
  photonPersistentDisk: photonPersistentDiskVolumeSource,
  portworxVolume: portworxVolumeSource,
  projected: projectedVolumeSource,
  quobyte: quobyteVolumeSource,
  rbd: rbdVolumeSource,
  scaleIO: scaleIOVolumeSource,
  secret: secretVolumeSource,
  storageos: storageOSVolumeSource,
  vsphereVolume: vsphereVirtualDiskVolumeSource,
});
