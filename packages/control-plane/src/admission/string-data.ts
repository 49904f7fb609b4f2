import type { Secret } from '@portolan/core';

/** A Secret whose `stringData` is part of its `data`. Source: Kubernetes API reference, Secret v1 core, `stringData`. */
export function withoutStringData(secret: Secret): Secret {
  const { stringData, ...rest } = secret;
  if (stringData === undefined) return secret;
  const encoded = Object.entries(stringData).map(([key, text]) => [key, base64(text)]);
  return { ...rest, data: { ...rest.data, ...Object.fromEntries(encoded) } };
}

function base64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  let binary = '';
  for (const byte of bytes) binary += String.fromCodePoint(byte);
  return btoa(binary);
}
