import {
  boolean,
  each,
  int32,
  int64,
  listOf,
  string,
  stringMap,
  struct,
  type Struct,
} from '../schema/schema.ts';
import { objectFieldSelector, resourceFieldSelector } from './environment.ts';
import { labelSelector } from './meta.ts';

export const keyToPath: Struct = struct('core.v1.KeyToPath', {
  ...each(string, 'key path'),
  mode: int32,
});

const clusterTrustBundleProjection = struct('core.v1.ClusterTrustBundleProjection', {
  labelSelector,
  ...each(string, 'name path signerName'),
  optional: boolean,
});

const configMapProjection = struct('core.v1.ConfigMapProjection', {
  items: listOf(keyToPath),
  name: string,
  optional: boolean,
});

export const downwardAPIVolumeFile: Struct = struct('core.v1.DownwardAPIVolumeFile', {
  fieldRef: objectFieldSelector,
  mode: int32,
  path: string,
  resourceFieldRef: resourceFieldSelector,
});

const downwardAPIProjection = struct('core.v1.DownwardAPIProjection', {
  items: listOf(downwardAPIVolumeFile),
});

const podCertificateProjection = struct('core.v1.PodCertificateProjection', {
  ...each(string, 'certificateChainPath credentialBundlePath keyPath keyType signerName'),
  maxExpirationSeconds: int32,
  userAnnotations: stringMap,
});

const secretProjection = struct('core.v1.SecretProjection', {
  items: listOf(keyToPath),
  name: string,
  optional: boolean,
});

const serviceAccountTokenProjection = struct('core.v1.ServiceAccountTokenProjection', {
  ...each(string, 'audience path'),
  expirationSeconds: int64,
});

const volumeProjection = struct('core.v1.VolumeProjection', {
  clusterTrustBundle: clusterTrustBundleProjection,
  configMap: configMapProjection,
  downwardAPI: downwardAPIProjection,
  secret: secretProjection,
  serviceAccountToken: serviceAccountTokenProjection,
  podCertificate: podCertificateProjection,
});

export const projectedVolumeSource: Struct = struct('core.v1.ProjectedVolumeSource', {
  defaultMode: int32,
  sources: listOf(volumeProjection),
});
