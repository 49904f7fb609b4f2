import type { Ingress } from '@portolan/core';

import { findingAt } from '../finding/at.ts';
import type { Finding } from '../finding/finding.ts';
import type { ManifestOf } from '../subject/manifest-index.ts';
import type { Rule } from '../subject/subject.ts';

/** Hosts of rules that no entry of `spec.tls` in the namespace covers. */
export const hostsWithoutTLS: Rule = ({ ingresses }) => {
  const covered = new Map<string, Set<string>>();
  for (const { resource } of ingresses) {
    const namespace = resource.metadata.namespace ?? 'default';
    const hosts = covered.get(namespace) ?? new Set();
    covered.set(namespace, hosts);
    for (const host of coveredHosts(resource)) hosts.add(host);
  }
  return ingresses.flatMap((ingress) =>
    uncovered(ingress, covered.get(ingress.resource.metadata.namespace ?? 'default') ?? new Set()),
  );
};

/** Stands for every host: an entry that names none leaves it to the controller. */
const EVERY_HOST = '';

function coveredHosts({ spec }: Ingress): readonly string[] {
  return (spec.tls ?? []).flatMap(({ hosts = [] }) => (hosts.length === 0 ? [EVERY_HOST] : hosts));
}

function uncovered(
  ingress: ManifestOf<'Ingress'>,
  covered: ReadonlySet<string>,
): readonly Finding[] {
  if (covered.has(EVERY_HOST)) return [];
  const seen = new Set<string>();
  return (ingress.resource.spec.rules ?? []).flatMap(({ host = '' }, index) => {
    if (seen.has(host)) return [];
    seen.add(host);
    if (host === '') {
      return findingAt(ingress, `spec.rules[${index}]`, 'HostWithoutTLS', {
        severity: 'notice',
        message: 'this rule is for every host, and spec.tls has no entry that covers every host',
      });
    }
    if (isCovered(host, covered) || isLocal(host)) return [];
    const { namespace = 'default' } = ingress.resource.metadata;
    return findingAt(ingress, `spec.rules[${index}].host`, 'HostWithoutTLS', {
      message: `no spec.tls in namespace ${namespace} covers ${host}`,
      remedy: `add ${host} to the hosts of an entry of spec.tls`,
    });
  });
}

/** A certificate for `*.example.com` is for one more label, and for the rule `*.example.com` too. */
function isCovered(host: string, covered: ReadonlySet<string>): boolean {
  return covered.has(host) || covered.has(`*${host.slice(host.indexOf('.'))}`);
}

/** Browsers trust this machine without a certificate, and nobody else gets there. */
function isLocal(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost');
}

/** Hosts of `spec.tls` that no rule of the Ingress is for. */
export const tlsHostsWithoutRule: Rule = ({ ingresses }) =>
  ingresses.flatMap((ingress) => {
    const rules = (ingress.resource.spec.rules ?? []).flatMap(({ host }) => host || []);
    const isNamed = new Set(rules);
    const wildcards = new Set(rules.map((host) => `*${host.slice(host.indexOf('.'))}`));
    return (ingress.resource.spec.tls ?? []).flatMap(({ hosts = [] }, entry) =>
      hosts.flatMap((host, index) => {
        if (isCovered(host, isNamed) || wildcards.has(host)) return [];
        return findingAt(ingress, `spec.tls[${entry}].hosts[${index}]`, 'TLSHostWithoutRule', {
          message: `no rule of this Ingress names ${host}`,
          remedy:
            rules.length === 0
              ? 'name the host in a rule'
              : `its rules name ${[...isNamed].join(', ')}`,
        });
      }),
    );
  });
