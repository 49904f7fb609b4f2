import type { ObjectKey } from '@portolan/core';

import type { Decision, RespondDecision } from '../decision/decision.ts';
import { findService } from '../snapshot/services.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { FoundFrontend } from './find-frontend.ts';
import { forwardToService, type Deciding } from './forward-to-service.ts';
import { sourceRefusal, wantedAt } from './frontend-client.ts';

/**
 * Someone knocked at a Service's own address. What comes in there is not looked into: the path goes on as it was
 * received.
 */
export function decideFrontend(deciding: Deciding, found: FoundFrontend): Decision {
  const { facts, trace, snapshot } = deciding;
  const { key, frontend } = found;
  const refused = sourceRefusal(found, facts);
  if (refused !== undefined) {
    return {
      outcome: 'respond',
      status: 403,
      ...refused,
      service: refusedService(snapshot, frontend.service, frontend.portName),
      ...(trace && { trace: { frontend: key, excluded: [] } }),
    };
  }
  const destination = { ...wantedAt(found, facts, 'TCP'), path: facts.path, filters: [] };
  return forwardToService(deciding, destination, trace ? { frontend: key } : undefined);
}

function refusedService(
  snapshot: Snapshot,
  key: ObjectKey,
  portName: string,
): RespondDecision['service'] {
  const [namespace = '', name = ''] = key.split('/');
  const port =
    findService(snapshot, key)?.ports.find((each) => each.name === portName)?.port ?? portName;
  return { namespace, name, port };
}
