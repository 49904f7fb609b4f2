import { objectKey, type Endpoint, type ObjectKey, type Service } from '@portolan/core';

import type { GraphEdge, GraphNode } from '../graph/graph.ts';
import type { OwnerOf } from '../owner/owner.ts';
import { aliasPlace, placeOf, type Aliases, type Place } from './endpoints.ts';
import { edgeId } from './ids.ts';
import type { DrawnService } from './services.ts';
import { READY, verdictOf, verdictOnReadiness } from './status.ts';

/** Those of a Service's endpoints, at one of its ports, that are drawn as one. */
export interface Lead {
  readonly place: Place;
  readonly edge: GraphEdge;
  readonly endpoints: readonly Endpoint[];
}

/** The ways from a Service to those who answer for it. */
export function leadsOf(
  service: Service,
  { node, endpoints }: DrawnService,
  aliases: Aliases,
  ownerOf: OwnerOf,
): readonly Lead[] {
  const key = objectKey(service);
  const leads = endpoints.flatMap(({ port, endpoints: all }) => {
    const places = new Map<string, Place>();
    const byPlace = Map.groupBy(all, (endpoint) => {
      const place = placeOf(key, endpoint, aliases, ownerOf);
      places.set(place.id, place);
      return place.id;
    });
    return [...places.values()].map((place): Lead => {
      const there = byPlace.get(place.id) ?? [];
      const targets = [...new Set(there.map((endpoint) => endpoint.port))].toSorted(
        (a, b) => a - b,
      );
      const edge: GraphEdge = {
        id: edgeId(node.id, place.id, port?.id),
        from: node.id,
        to: place.id,
        ...(port && { port: port.id }),
        label: port ? `${port.port} → ${targets.join(', ')}` : '',
        ...verdictOnReadiness(there),
      };
      return { place, edge, endpoints: there };
    });
  });
  const host = aliases.get(key);
  if (host === undefined || leads.some(({ place }) => place.kind === 'ExternalName')) return leads;
  const place = aliasPlace(node.namespace, host);
  const ends = { from: node.id, to: place.id };
  const edge = { id: edgeId(node.id, place.id), ...ends, label: '', ...verdictOf(node) };
  return [...leads, { place, edge, endpoints: [] }];
}

/** What the leads of all Services lead to. */
export function drawAnswerers(
  leads: readonly Lead[],
  standIns: ReadonlySet<ObjectKey>,
): readonly GraphNode[] {
  return [...Map.groupBy(leads, ({ place }) => place.id).values()].flatMap((same) =>
    same.slice(0, 1).map(({ place }) => {
      const endpoints = same.flatMap((lead) => lead.endpoints);
      return drawAnswerer(place, endpoints, standIns);
    }),
  );
}

function drawAnswerer(
  place: Place,
  endpoints: readonly Endpoint[],
  standIns: ReadonlySet<ObjectKey>,
): GraphNode {
  switch (place.kind) {
    case 'Pods': {
      const pods = new Set(endpoints.map(podKey));
      const ready = new Set(endpoints.filter(isReady).map(podKey));
      return {
        ...place,
        pods: pods.size,
        ready: ready.size,
        standIns: [...pods].filter((key) => standIns.has(key)).length,
        ...verdictOnReadiness(endpoints),
      };
    }
    case 'Addresses': {
      const ready = new Set(endpoints.filter(isReady).map(({ address }) => address));
      const addresses = [...new Set(endpoints.map(({ address }) => address))]
        .toSorted()
        .map((address) => ({ address, ready: ready.has(address) }));
      return { ...place, addresses, ...verdictOnReadiness(endpoints) };
    }
    case 'ExternalName':
      return { ...place, ...READY };
  }
}

function isReady({ ready }: Endpoint): boolean {
  return ready;
}

function podKey({ target }: Endpoint): ObjectKey {
  return `${target?.namespace ?? ''}/${target?.name ?? ''}`;
}
