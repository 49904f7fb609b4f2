import { hasSelector, objectKey, type Endpoint, type Service } from '@portolan/core';
import { findService } from '@portolan/engine';

import { findingAt, type Said } from '../finding/at.ts';
import type { PodSource } from '../pod-source/pod-source.ts';
import { listed } from '../sentence/sentence.ts';
import type { Rule } from '../subject/subject.ts';
import { isMissingEverywhere } from '../target-port/target-port.ts';

/** Services that find Pods or addresses of which none may be used, at all their ports or at one. */
export const servicesWithoutReadyEndpoint: Rule = ({ compiled, manifests, selection }) =>
  compiled.services.flatMap((service) => {
    const manifest = manifests.find('Service', objectKey(service));
    const ports = findService(compiled.snapshot, objectKey(service))?.ports ?? [];
    if (manifest === undefined || ports.length === 0) return [];
    const endpoints = ports.flatMap((port) => port.endpoints);
    if (endpoints.some(isUsable)) {
      return ports.flatMap((port, index) =>
        port.endpoints.length === 0 || port.endpoints.some(isUsable)
          ? []
          : findingAt(manifest, `spec.ports[${index}]`, CODE, notReady(port.endpoints)),
      );
    }
    const said =
      endpoints.length > 0
        ? notReady(endpoints)
        : withoutEndpoints(service, selection.sourcesOf(service));
    const field = hasSelector(service) ? 'spec.selector' : 'spec';
    return said ? [findingAt(manifest, field, CODE, said)] : [];
  });

const CODE = 'NoReadyEndpoints';

/** Where nobody is ready, those that end but still serve are used. */
function isUsable({ ready, serving, terminating }: Endpoint): boolean {
  return ready || (serving && terminating);
}

function notReady(endpoints: readonly Endpoint[]): Said {
  const states = new Map(
    endpoints.map(({ address, target, terminating }) => [
      target ? `${target.kind} ${target.namespace}/${target.name}` : address,
      terminating ? 'is about to end' : 'is not ready',
    ]),
  );
  const who = listed([...states].map(([name, state]) => `${name} ${state}`));
  return { message: `nobody is ready to answer, so requests get a 503: ${who}` };
}

/** Why Pods are selected and give no endpoint. That they lack the port is said of the port. */
function withoutEndpoints(service: Service, sources: readonly PodSource[]): Said | undefined {
  const ports = service.spec.ports ?? [];
  const having = sources.filter(
    (source) =>
      source.presence === 'ended' || !ports.every((port) => isMissingEverywhere(port, [source])),
  );
  if (having.length === 0) return undefined;
  const living = having.filter(({ presence }) => presence !== 'ended');
  const isMeant = living.length > 0 && living.every(({ presence }) => presence !== 'lasting');
  return {
    message: `nobody is there to answer, so requests get a 503: ${listed(having.map(reasonOf))}`,
    ...(isMeant && { severity: 'notice' }),
  };
}

function reasonOf({ called, manifest, presence }: PodSource): string {
  switch (presence) {
    case 'ended':
      return `${called} has ended`;
    case 'none':
      return `${called} has 0 replicas`;
    case 'passing':
      return `${called} has no Pods now`;
    case 'lasting':
      // A workload's own Pods say more.
      return manifest.resource.kind === 'Pod'
        ? `${called} has no address of the Service's IP families`
        : `no Pod of ${called} runs`;
  }
}
