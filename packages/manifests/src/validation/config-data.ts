import { byteLength, validateConfigMapKey, validateDNS1123Subdomain } from '@portolan/core';
import type { ConfigMap, Secret } from '@portolan/core';

import type { Draft } from './draft.ts';
import { invalid, invalidEach, required, tooLong, type FieldErrors } from './field-errors.ts';
import { validateMetadata } from './metadata.ts';

const MAX_SIZE = 1024 * 1024;

interface ConfigMapDraft extends Draft<ConfigMap> {
  readonly binaryData?: Readonly<Record<string, string>>;
}

/** Source: Kubernetes API reference, ConfigMap v1 core. */
export function* validateConfigMap(configMap: ConfigMapDraft): FieldErrors {
  const { metadata = {}, data = {}, binaryData = {} } = configMap;
  yield* validateMetadata(metadata, validateDNS1123Subdomain);
  let size = 0;
  for (const [key, value] of Object.entries(data)) {
    yield* invalidEach(`data[${key}]`, key, validateConfigMapKey(key));
    if (Object.hasOwn(binaryData, key)) {
      yield invalid(`data[${key}]`, key, 'duplicate of key present in binaryData');
    }
    size += byteLength(value);
  }
  for (const [key, value] of Object.entries(binaryData)) {
    yield* invalidEach(`binaryData[${key}]`, key, validateConfigMapKey(key));
    size += decodedLength(value);
  }
  if (size > MAX_SIZE) yield tooLong('', MAX_SIZE);
}

/** The keys that a Secret of a type must have. */
const REQUIRED_KEYS: ReadonlyMap<string, readonly string[]> = new Map([
  ['kubernetes.io/dockercfg', ['.dockercfg']],
  ['kubernetes.io/dockerconfigjson', ['.dockerconfigjson']],
  ['kubernetes.io/ssh-auth', ['ssh-privatekey']],
  ['kubernetes.io/tls', ['tls.crt', 'tls.key']],
]);

/** Source: Kubernetes API reference, Secret v1 core; Kubernetes, Secrets, Types of Secret. */
export function* validateSecret(secret: Draft<Secret>): FieldErrors {
  const { metadata = {}, type = 'Opaque', data = {}, stringData = {} } = secret;
  yield* validateMetadata(metadata, validateDNS1123Subdomain);
  const sizes = new Map([
    ...Object.entries(data).map(([key, value]) => [key, decodedLength(value)] as const),
    ...Object.entries(stringData).map(([key, value]) => [key, byteLength(value)] as const),
  ]);
  let size = 0;
  for (const [key, length] of sizes) {
    yield* invalidEach(`data[${key}]`, key, validateConfigMapKey(key));
    size += length;
  }
  if (size > MAX_SIZE) yield tooLong('data', MAX_SIZE);
  for (const key of REQUIRED_KEYS.get(type) ?? []) {
    if (!sizes.has(key)) yield required(`data[${key}]`);
  }
  if (type === 'kubernetes.io/basic-auth' && !sizes.has('username') && !sizes.has('password')) {
    yield required('data[username]');
    yield required('data[password]');
  }
}

/** How many bytes a text in base64 stands for. */
function decodedLength(base64: string): number {
  const text = base64.replaceAll(/[\r\n=]/gu, '');
  return Math.floor((text.length * 3) / 4);
}
