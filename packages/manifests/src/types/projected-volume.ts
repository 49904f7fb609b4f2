import { each, object, type Schema } from '../schema/object.ts';
import { boolean, int32, int64, listOf, string, stringMap } from '../schema/values.ts';
import { objectFieldSelector, resourceFieldSelector } from './environment.ts';
import { labelSelector } from './meta.ts';

export const keyToPath: Schema = object({ ...each(string, 'key path'), mode: int32 });

const clusterTrustBundleProjection = object({
  labelSelector,
  ...each(string, 'name path signerName'),
  optional: boolean,
});

const configMapProjection = object({ items: listOf(keyToPath), name: string, optional: boolean });

export const downwardAPIVolumeFile: Schema = object({
  fieldRef: objectFieldSelector,
  mode: int32,
  path: string,
  resourceFieldRef: resourceFieldSelector,
});

const downwardAPIProjection = object({ items: listOf(downwardAPIVolumeFile) });

const podCertificateProjection = object({
  ...each(string, 'certificateChainPath credentialBundlePath keyPath keyType signerName'),
  maxExpirationSeconds: int32,
  userAnnotations: stringMap,
});

const secretProjection = object({ items: listOf(keyToPath), name: string, optional: boolean });

const serviceAccountTokenProjection = object({
  ...each(string, 'audience path'),
  expirationSeconds: int64,
});

const volumeProjection = object({
  clusterTrustBundle: clusterTrustBundleProjection,
  configMap: configMapProjection,
  downwardAPI: downwardAPIProjection,
  secret: secretProjection,
  serviceAccountToken: serviceAccountTokenProjection,
  podCertificate: podCertificateProjection,
});

export const projectedVolumeSource: Schema = object({
  defaultMode: int32,
  sources: listOf(volumeProjection),
});
