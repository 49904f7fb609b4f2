import { objectKey, type IngressBackend } from '@portolan/core';
import { findService } from '@portolan/engine';
import { annotationName, DEFAULT_SETTINGS, type HostPolicy } from '@portolan/settings';

import { findingAt } from '../finding/at.ts';
import type { Finding } from '../finding/finding.ts';
import { compareFindings } from '../finding/order.ts';
import type { ManifestOf } from '../subject/manifest-index.ts';
import type { Subject } from '../subject/subject.ts';

/**
 * Said once, where a host is first asked for that leads to an endpoint; and wherever an annotation has such requests fail.
 *
 * @param place where endpoints are reached from: `from Workers`
 */
export function hostNotKept(subject: Subject, place: string): readonly Finding[] {
  const told = subject.ingresses.flatMap((ingress) =>
    (ingress.resource.spec.rules ?? []).flatMap(({ host, http }, index) => {
      const policies = http?.paths.map(({ backend }) => policyOf(subject, ingress, backend));
      if (!host || !policies?.some((each) => each?.policy === 'Preserve')) return [];
      return findingAt(ingress, `spec.rules[${index}].host`, 'HostNotKept', {
        message: `endpoints reached ${place} see their own address as Host, and ${host} as X-Forwarded-Host`,
        ...(subject.target === 'node' && { remedy: KEPT_BY_SOCKET }),
      });
    }),
  );
  return [...told.toSorted(compareFindings).slice(0, 1), ...required(subject, place)];
}

const KEPT_BY_SOCKET = 'the socket dialer of @portolan/node keeps Host';
const WITH_PRESERVE = 'with Preserve they find the Host that the client sent in X-Forwarded-Host';

function required(subject: Subject, place: string): readonly Finding[] {
  const strict = subject.ingresses.flatMap((ingress) => {
    const { rules = [], defaultBackend } = ingress.resource.spec;
    const backends = rules.flatMap(({ http }) => http?.paths.map(({ backend }) => backend) ?? []);
    return [...backends, ...(defaultBackend ? [defaultBackend] : [])].flatMap((backend) => {
      const found = policyOf(subject, ingress, backend);
      return found?.policy === 'Require' ? [found.saidBy] : [];
    });
  });
  return [...new Set(strict)].map((manifest) =>
    findingAt(manifest, `metadata.annotations[${annotationName('hostPolicy')}]`, 'HostNotKept', {
      severity: 'error',
      message: `endpoints reached ${place} see their own address as Host, and so requests get a 502`,
      remedy: [...(subject.target === 'node' ? [KEPT_BY_SOCKET] : []), WITH_PRESERVE].join('; '),
    }),
  );
}

/** The policy for what an Ingress leads to; `undefined` where no endpoint is there, or all are called by their names. */
function policyOf(
  { compiled: { snapshot }, manifests }: Subject,
  ingress: ManifestOf<'Ingress'>,
  { service: { name } = { name: '' } }: IngressBackend,
): { readonly policy: HostPolicy; readonly saidBy: ManifestOf<'Ingress' | 'Service'> } | undefined {
  const key = `${ingress.resource.metadata.namespace ?? 'default'}/${name}` as const;
  const service = findService(snapshot, key);
  const endpoints = service?.ports.flatMap((port) => port.endpoints) ?? [];
  if (endpoints.length === 0) return undefined;
  const own = snapshot.routeSettings[`Ingress ${objectKey(ingress.resource)}`]?.hostPolicy;
  const saidBy = own === undefined ? manifests.find('Service', key) : ingress;
  const policy = own ?? service?.settings?.hostPolicy ?? DEFAULT_SETTINGS.hostPolicy;
  return { policy, saidBy: saidBy ?? ingress };
}
