import { objectKey, type Service } from '@portolan/core';
import { applicationProtocol, type Target } from '@portolan/proxy';

import { findingAt, type Said } from '../finding/at.ts';
import type { Finding } from '../finding/finding.ts';
import type { Rule } from '../subject/subject.ts';

/** Fields of Kubernetes' own that have no effect here, each with what is lost. */
export const fieldsNotHonoured: Rule = ({ compiled, manifests, target, dialers }) => [
  ...compiled.services.flatMap((service) => {
    const manifest = manifests.find('Service', objectKey(service));
    if (manifest === undefined) return [];
    // Who says where it is to run is told so of the endpoints.
    const isAsked = target !== undefined || dialers !== undefined;
    // As written: what was filled in nobody has asked for.
    return lossesOf(manifest.resource, isAsked, target).map(({ field, ...said }) =>
      findingAt(manifest, field, 'FieldNotHonoured', said),
    );
  }),
  ...manifests.ofKind('IngressClass').flatMap((manifest): readonly Finding[] => {
    const parameters = manifest.resource.spec?.parameters;
    if (parameters === undefined) return [];
    const { kind, name } = parameters;
    return [
      findingAt(manifest, 'spec.parameters', 'FieldNotHonoured', {
        severity: 'warning',
        message: `nothing of ${kind} ${name} is done: its parameters are the controller's own`,
      }),
    ];
  }),
];

interface FieldLoss extends Said {
  readonly field: string;
}

const TOPOLOGY_MODE = [
  'service.kubernetes.io/topology-mode',
  'service.kubernetes.io/topology-aware-hints',
];

function lossesOf(
  { metadata, spec }: Service,
  isAsked: boolean,
  target: Target | undefined,
): readonly FieldLoss[] {
  const losses: FieldLoss[] = [];
  const lose = (field: string, message: string, more: Omit<Said, 'message'> = {}): void => {
    losses.push({ field, message, ...more });
  };
  const { sessionAffinity, sessionAffinityConfig, healthCheckNodePort } = spec;
  const timeout = sessionAffinityConfig?.clientIP?.timeoutSeconds;
  if (timeout !== undefined && sessionAffinity === 'ClientIP') {
    lose(
      'spec.sessionAffinityConfig.clientIP.timeoutSeconds',
      `a client keeps to its endpoint as long as that is ready, not for ${timeout} seconds`,
    );
  }
  if (healthCheckNodePort && target === 'workers') {
    lose('spec.healthCheckNodePort', `nothing answers at port ${healthCheckNodePort} of the nodes`);
  }
  for (const key of TOPOLOGY_MODE) {
    if (metadata.annotations?.[key]?.toLowerCase() !== 'auto') continue;
    lose(
      `metadata.annotations[${key}]`,
      'endpoints of every zone are used: how many each zone needs is not computed',
      { remedy: 'trafficDistribution: PreferSameZone keeps requests in their zone' },
    );
  }
  for (const [index, { appProtocol, port, protocol = 'TCP' }] of (spec.ports ?? []).entries()) {
    if (isAsked || protocol !== 'TCP' || applicationProtocol(appProtocol) !== 'h2c') continue;
    lose(
      `spec.ports[${index}].appProtocol`,
      `port ${port} is not called: ${appProtocol} needs HTTP/2 without TLS, which no fetch speaks`,
      { severity: 'warning' },
    );
  }
  return losses;
}
