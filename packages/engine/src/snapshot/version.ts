import { hash } from '@portolan/core';

/** 64 bits of hash over JSON text, as 16 hexadecimal digits. Equal content has an equal version. */
export function contentVersion(content: unknown): string {
  const text = JSON.stringify(content);
  return [0, 1].map((seed) => hash(text, seed).toString(16).padStart(8, '0')).join('');
}
