import type { ObjectKey, Protocol } from '@portolan/core';
import type { Snapshot } from '@portolan/engine';

import type { FrontendNode, GraphEdge, ServiceNode } from '../graph/graph.ts';
import { portLabel } from './backends.ts';
import { edgeId, frontendId, serviceId } from './ids.ts';
import { verdictOf } from './status.ts';

export interface DrawnFrontend {
  readonly node: FrontendNode;
  readonly edge: GraphEdge;
}

const EXTERNAL = /^external (TCP|UDP|SCTP) (.+):([0-9]+)$/u;

/** Draws where clients outside may knock for the Services given. */
export function drawFrontends(
  { frontends }: Snapshot,
  services: ReadonlyMap<ObjectKey, ServiceNode>,
): readonly DrawnFrontend[] {
  return Object.entries(frontends).flatMap(([key, { service: owner, portName, sourceRanges }]) => {
    const [, protocol, host = '', port] = EXTERNAL.exec(key) ?? [];
    const service = services.get(owner);
    const target = service?.ports.find(({ name }) => name === portName);
    if (!isProtocol(protocol) || service === undefined || target === undefined) return [];
    const verdict = verdictOf(target);
    const { namespace, name } = service;
    const id = frontendId(key);
    const to = serviceId(owner);
    return [
      {
        node: {
          kind: 'Frontend',
          id,
          namespace,
          host,
          port: Number(port),
          protocol,
          service: name,
          ...(sourceRanges && { sourceRanges }),
          ...verdict,
        },
        edge: {
          id: edgeId(id, to, target.id),
          from: id,
          to,
          port: target.id,
          label: portLabel(target),
          ...verdict,
        },
      },
    ];
  });
}

function isProtocol(text: string | undefined): text is Protocol {
  return text === 'TCP' || text === 'UDP' || text === 'SCTP';
}
