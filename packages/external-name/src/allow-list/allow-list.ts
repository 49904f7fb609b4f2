import { endsInANumber, validateDNS1123Subdomain } from '@portolan/core';

/** Whether a domain name, lower case and without a trailing dot, may be dialled. */
export type AllowList = (name: string, clusterDomain: string) => boolean;

/** Suffixes of names that mean something else on each network, or only inside one. */
const PRIVATE_SUFFIXES = ['local', 'internal'];

/**
 * Reads an operator's list of domain names: exact ones, and `*.example.com`, which stands for names with exactly one more
 * label.
 *
 * A name of one label, one that any URL parser takes for an IPv4 address (`10.0.0.1`, `127.1`, `example.0x7f`), and whatever
 * is under `localhost` or `arpa` is never allowed. Names under `local`, `internal` and the cluster's own domain are allowed
 * where they are listed exactly; no wildcard covers them.
 *
 * @throws {TypeError} for an entry that is neither a domain name nor `*.` and one, or that could never allow a name.
 */
export function allowList(entries: readonly string[]): AllowList {
  const exact = new Set<string>();
  const wildcards = new Set<string>();
  for (const entry of entries) {
    const name = normalize(entry);
    const isWildcard = name.startsWith('*.');
    const domain = isWildcard ? name.slice(2) : name;
    const sample = isWildcard ? `any.${domain}` : domain;
    if (validateDNS1123Subdomain(domain).length > 0 || isNeverAllowed(sample)) {
      throw new TypeError(`${JSON.stringify(entry)} can't be allowed: no domain name outside`);
    }
    (isWildcard ? wildcards : exact).add(domain);
  }
  return (name, clusterDomain) => {
    if (isNeverAllowed(name)) return false;
    if (exact.has(name)) return true;
    const isPrivate = [...PRIVATE_SUFFIXES, clusterDomain].some((each) => isUnder(name, each));
    return !isPrivate && wildcards.has(name.slice(name.indexOf('.') + 1));
  };
}

/** Lower case, without a trailing dot. */
export function normalize(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

function isNeverAllowed(name: string): boolean {
  return (
    !name.includes('.') ||
    endsInANumber(name) ||
    isUnder(name, 'localhost') ||
    isUnder(name, 'arpa')
  );
}

function isUnder(name: string, domain: string): boolean {
  return name === domain || name.endsWith(`.${domain}`);
}
