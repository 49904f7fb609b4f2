import { findingAt } from '../finding/at.ts';
import type { Finding } from '../finding/finding.ts';
import type { ManifestIndex, ManifestOf } from '../subject/manifest-index.ts';
import type { Rule } from '../subject/subject.ts';

const CODE = 'TLSNotTerminated';

/**
 * Hosts of `spec.tls` whose certificate has to be elsewhere than in the manifests. Without a target nobody knows who ends TLS,
 * and what compiling has to say of it stands.
 */
export const tlsTermination: Rule = ({ ingresses, manifests, target }) => {
  if (target === undefined) return [];
  return ingresses.flatMap((ingress) =>
    target === 'workers' ? atThePlatform(ingress) : atTheHost(ingress, manifests),
  );
};

/** A Worker gets requests whose TLS has ended, by certificates that are none of its business. */
function atThePlatform(ingress: ManifestOf<'Ingress'>): readonly Finding[] {
  const { tls = [] } = ingress.resource.spec;
  if (tls.length === 0) return [];
  const hosts = [...new Set(tls.flatMap((each) => each.hosts ?? []))].toSorted();
  return [
    findingAt(ingress, 'spec.tls', CODE, {
      message: `TLS ends at Cloudflare, in front of the Worker, for ${textOf(hosts)}: Secrets are not read`,
      remedy: 'have a certificate for these hosts at Cloudflare',
    }),
  ];
}

/** A host ends TLS itself, with the Secrets that it has been given. */
function atTheHost(ingress: ManifestOf<'Ingress'>, manifests: ManifestIndex): readonly Finding[] {
  const { metadata, spec } = ingress.resource;
  return (spec.tls ?? []).flatMap(({ hosts = [], secretName }, index) => {
    const field = `spec.tls[${index}]`;
    if (!secretName) {
      return findingAt(ingress, field, CODE, {
        message: `no Secret is named for ${textOf(hosts)}, and portolan serve --https has certificates from nowhere else`,
        remedy:
          'name a Secret in secretName, or have a certificate for these hosts where TLS ends in front',
      });
    }
    const key = `${metadata.namespace ?? 'default'}/${secretName}` as const;
    if (manifests.find('Secret', key) !== undefined) return [];
    return findingAt(ingress, field, CODE, {
      message: `Secret ${key} is not among the manifests, and portolan serve --https takes the certificate for ${textOf(hosts)} from it`,
      remedy:
        'give it to portolan serve as well, or have a certificate for these hosts where TLS ends in front',
    });
  });
}

function textOf(hosts: readonly string[]): string {
  return hosts.length === 0 ? 'every host' : hosts.join(', ');
}
