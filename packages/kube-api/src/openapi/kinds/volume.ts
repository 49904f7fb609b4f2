import {
  boolean,
  each,
  int32,
  listOf,
  quantity,
  string,
  stringMap,
  strings,
  struct,
  type Struct,
} from '../schema/schema.ts';
import { localObjectReference } from './meta.ts';
import { persistentVolumeClaimTemplate } from './persistent-volume-claim.ts';
import { downwardAPIVolumeFile, keyToPath, projectedVolumeSource } from './projected-volume.ts';

const awsElasticBlockStoreVolumeSource = struct('core.v1.AWSElasticBlockStoreVolumeSource', {
  ...each(string, 'fsType volumeID'),
  partition: int32,
  readOnly: boolean,
});

const azureDiskVolumeSource = struct('core.v1.AzureDiskVolumeSource', {
  ...each(string, 'kind cachingMode diskName diskURI fsType'),
  readOnly: boolean,
});

const azureFileVolumeSource = struct('core.v1.AzureFileVolumeSource', {
  readOnly: boolean,
  ...each(string, 'secretName shareName'),
});

const cephFSVolumeSource = struct('core.v1.CephFSVolumeSource', {
  monitors: strings,
  ...each(string, 'path secretFile user'),
  readOnly: boolean,
  secretRef: localObjectReference,
});

const cinderVolumeSource = struct('core.v1.CinderVolumeSource', {
  ...each(string, 'fsType volumeID'),
  readOnly: boolean,
  secretRef: localObjectReference,
});

const configMapVolumeSource = struct('core.v1.ConfigMapVolumeSource', {
  defaultMode: int32,
  items: listOf(keyToPath),
  name: string,
  optional: boolean,
});

const csiVolumeSource = struct('core.v1.CSIVolumeSource', {
  ...each(string, 'driver fsType'),
  nodePublishSecretRef: localObjectReference,
  readOnly: boolean,
  volumeAttributes: stringMap,
});

const downwardAPIVolumeSource = struct('core.v1.DownwardAPIVolumeSource', {
  defaultMode: int32,
  items: listOf(downwardAPIVolumeFile),
});

const emptyDirVolumeSource = struct('core.v1.EmptyDirVolumeSource', {
  medium: string,
  sizeLimit: quantity,
});

const ephemeralVolumeSource = struct('core.v1.EphemeralVolumeSource', {
  volumeClaimTemplate: persistentVolumeClaimTemplate,
});

const fcVolumeSource = struct('core.v1.FCVolumeSource', {
  fsType: string,
  lun: int32,
  readOnly: boolean,
  ...each(strings, 'targetWWNs wwids'),
});

const flexVolumeSource = struct('core.v1.FlexVolumeSource', {
  ...each(string, 'driver fsType'),
  options: stringMap,
  readOnly: boolean,
  secretRef: localObjectReference,
});

const flockerVolumeSource = struct('core.v1.FlockerVolumeSource', {
  ...each(string, 'datasetName datasetUUID'),
});

const gcePersistentDiskVolumeSource = struct('core.v1.GCEPersistentDiskVolumeSource', {
  ...each(string, 'fsType pdName'),
  partition: int32,
  readOnly: boolean,
});

const gitRepoVolumeSource = struct('core.v1.GitRepoVolumeSource', {
  ...each(string, 'directory repository revision'),
});

const glusterfsVolumeSource = struct('core.v1.GlusterfsVolumeSource', {
  ...each(string, 'endpoints path'),
  readOnly: boolean,
});

const hostPathVolumeSource = struct('core.v1.HostPathVolumeSource', {
  ...each(string, 'path type'),
});

const imageVolumeSource = struct('core.v1.ImageVolumeSource', {
  ...each(string, 'pullPolicy reference'),
});

const iscsiVolumeSource = struct('core.v1.ISCSIVolumeSource', {
  ...each(boolean, 'chapAuthDiscovery chapAuthSession readOnly'),
  ...each(string, 'fsType initiatorName iqn iscsiInterface targetPortal'),
  lun: int32,
  portals: strings,
  secretRef: localObjectReference,
});

const nfsVolumeSource = struct('core.v1.NFSVolumeSource', {
  ...each(string, 'path server'),
  readOnly: boolean,
});

const persistentVolumeClaimVolumeSource = struct('core.v1.PersistentVolumeClaimVolumeSource', {
  claimName: string,
  readOnly: boolean,
});

const photonPersistentDiskVolumeSource = struct('core.v1.PhotonPersistentDiskVolumeSource', {
  ...each(string, 'fsType pdID'),
});

const portworxVolumeSource = struct('core.v1.PortworxVolumeSource', {
  ...each(string, 'fsType volumeID'),
  readOnly: boolean,
});

const quobyteVolumeSource = struct('core.v1.QuobyteVolumeSource', {
  ...each(string, 'group registry tenant user volume'),
  readOnly: boolean,
});

const rbdVolumeSource = struct('core.v1.RBDVolumeSource', {
  ...each(string, 'fsType image keyring pool user'),
  monitors: strings,
  readOnly: boolean,
  secretRef: localObjectReference,
});

const scaleIOVolumeSource = struct('core.v1.ScaleIOVolumeSource', {
  ...each(string, 'fsType gateway protectionDomain storageMode storagePool system volumeName'),
  ...each(boolean, 'readOnly sslEnabled'),
  secretRef: localObjectReference,
});

const secretVolumeSource = struct('core.v1.SecretVolumeSource', {
  defaultMode: int32,
  items: listOf(keyToPath),
  optional: boolean,
  secretName: string,
});

const storageOSVolumeSource = struct('core.v1.StorageOSVolumeSource', {
  ...each(string, 'fsType volumeName volumeNamespace'),
  readOnly: boolean,
  secretRef: localObjectReference,
});

const vsphereVirtualDiskVolumeSource = struct('core.v1.VsphereVirtualDiskVolumeSource', {
  ...each(string, 'fsType storagePolicyID storagePolicyName volumePath'),
});

export const volume: Struct = struct('core.v1.Volume', {
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
