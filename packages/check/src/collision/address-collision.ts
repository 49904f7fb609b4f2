import { canonicalIP, objectKey, type ObjectKey, type Service } from '@portolan/core';
import { frontendKey } from '@portolan/engine';

import { findingAt, relatedPlace } from '../finding/at.ts';
import type { Finding } from '../finding/finding.ts';
import type { ManifestOf } from '../subject/manifest-index.ts';
import type { Rule, Subject } from '../subject/subject.ts';

/** Addresses outside that two Services claim, each at the field of the one that doesn't have it. */
export const addressCollisions: Rule = (subject) => {
  const conditions = subject.compiled.conditions.filter(
    ({ reason }) => reason === 'PortUnavailable',
  );
  const losers = Map.groupBy(
    conditions,
    ({ object }): ObjectKey => `${object.namespace}/${object.name}`,
  );
  return subject.compiled.services.flatMap((service) => {
    const said = losers.get(objectKey(service));
    const manifest = subject.manifests.find('Service', objectKey(service));
    if (said === undefined || manifest === undefined) return [];
    const found = collisionsOf(service, manifest, subject);
    if (found.length > 0) return found;
    // Of an address that a plugin's own field gives.
    return said.map(({ message }) => findingAt(manifest, 'spec', 'PortUnavailable', { message }));
  });
};

function collisionsOf(
  service: Service,
  manifest: ManifestOf<'Service'>,
  subject: Subject,
): readonly Finding[] {
  const { frontends } = subject.compiled.snapshot;
  return addressesOf(service).flatMap(({ host, field }) => {
    const taken = new Map<ObjectKey, string[]>();
    for (const { port, protocol = 'TCP', name = '' } of service.spec.ports ?? []) {
      const owner = frontends[frontendKey({ entrance: 'external', host, port, protocol })];
      if (owner === undefined) continue;
      if (owner.service === objectKey(service) && owner.portName === name) continue;
      const ports = taken.get(owner.service);
      if (ports === undefined) taken.set(owner.service, [`${protocol} ${port}`]);
      else ports.push(`${protocol} ${port}`);
    }
    return [...taken].map(([owner, ports]) =>
      collision({ manifest, field, host, ports, owner }, subject),
    );
  });
}

interface Collision {
  readonly manifest: ManifestOf<'Service'>;
  readonly field: string;
  readonly host: string;
  readonly ports: readonly string[];
  readonly owner: ObjectKey;
}

function collision(
  { manifest, field, host, ports, owner }: Collision,
  { manifests }: Subject,
): Finding {
  const holder = manifests.find('Service', owner);
  const own = holder && addressesOf(holder.resource).find((address) => address.host === host);
  return findingAt(manifest, field, 'PortUnavailable', {
    message: `Service ${owner} has ${host} for ${ports.join(', ')}: requests there never come to this Service`,
    remedy: 'give one of the two another address or port',
    related: holder ? [relatedPlace(holder, own?.field ?? '', `Service ${owner} has it`)] : [],
  });
}

/** The addresses that authors and providers write, with their fields. Allocated ones never collide. */
function addressesOf({ spec, status }: Service): readonly { host: string; field: string }[] {
  return [
    ...(spec.externalIPs ?? []).map((ip, index) => ({
      host: canonicalIP(ip) ?? ip,
      field: `spec.externalIPs[${index}]`,
    })),
    ...(status?.loadBalancer?.ingress ?? []).flatMap(({ ip, hostname }, index) =>
      [canonicalIP(ip ?? ''), hostname?.toLowerCase().replace(/\.$/u, '')].flatMap((host) =>
        host ? [{ host, field: `status.loadBalancer.ingress[${index}]` }] : [],
      ),
    ),
  ];
}
