import { validateDNS1123Subdomain } from '@portolan/core';
import type { Service } from '@portolan/core';

import type { Refusal } from './refusal.ts';

/** Names the one host name of a Service's load balancer: `shop.example.com`. */
export const HOSTNAME_ANNOTATION = 'portolan.dev/load-balancer-hostname';
/** Names further host names that lead to it, with commas between them. */
export const ALIASES_ANNOTATION = 'portolan.dev/load-balancer-aliases';

export interface HostNames {
  readonly hostname: string;
  /** Sorted, each once. */
  readonly aliases: readonly string[];
}

/** The names that a Service asks for, in lower case, each within the zone. */
export function hostNamesOf({ metadata }: Service, zone: string): HostNames | Refusal {
  const hostname = metadata.annotations?.[HOSTNAME_ANNOTATION]?.trim().toLowerCase() ?? '';
  if (hostname === '') {
    return {
      reason: 'HostnameMissing',
      message: `No host name is made up: the annotation ${HOSTNAME_ANNOTATION} has to name one within the zone ${zone}.`,
    };
  }
  const aliases = (metadata.annotations?.[ALIASES_ANNOTATION] ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== hostname);
  return (
    refusalOf(hostname, zone, HOSTNAME_ANNOTATION) ??
    aliases.map((name) => refusalOf(name, zone, ALIASES_ANNOTATION)).find(Boolean) ?? {
      hostname,
      aliases: [...new Set(aliases)].toSorted(),
    }
  );
}

function refusalOf(name: string, zone: string, annotation: string): Refusal | undefined {
  const [error] = validateDNS1123Subdomain(name);
  if (error !== undefined) {
    return { reason: 'HostnameInvalid', message: `${annotation}: "${name}": ${error}` };
  }
  if (name === zone || name.endsWith(`.${zone}`)) return undefined;
  return {
    reason: 'HostnameNotInZone',
    message: `${annotation}: "${name}" is not within the zone ${zone}.`,
  };
}
