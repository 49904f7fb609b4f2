import type { ServicePort } from '@portolan/core';

import { listed } from '../sentence/sentence.ts';
import { similarNames } from '../similar-name/similar-name.ts';

/** Which ports a Service has, and which of them was most likely meant by one that it doesn't have. */
export function portRemedy(
  ports: readonly ServicePort[] = [],
  wanted: number | string | undefined,
): string {
  if (ports.length === 0) return 'it has no ports at all';
  const target = ports.find(({ targetPort }) => targetPort === wanted);
  if (target !== undefined) {
    const own = target.name ? `${target.port} or ${target.name}` : String(target.port);
    return `${String(wanted)} is a target port, and an Ingress names the Service's own: ${own}`;
  }
  const names = similarNames(ports.flatMap(({ name }) => name ?? []));
  const [similar] = typeof wanted === 'string' ? names.to(wanted) : [];
  return similar === undefined
    ? `it has ${listed(ports.map(portText))}`
    : `did you mean ${similar}?`;
}

/** `80 (http)`. */
function portText({ name, port }: ServicePort): string {
  return name ? `${port} (${name})` : String(port);
}
