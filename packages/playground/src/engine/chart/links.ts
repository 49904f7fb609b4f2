import { findService, type SnapshotPort } from '@portolan/engine';
import { serviceId, verdictOf, verdictOnAll, type GraphStatus } from '@portolan/graph';

import type { Card, Link } from '../../protocol/chart.ts';
import { verdictOnFrontend, type DoorCard } from './doors.ts';
import type { Drawing } from './drawing.ts';
import { ingressId } from './outline.ts';
import type { RuleCard } from './rules.ts';
import type { ServiceCard } from './services.ts';

/** The cards that are drawn. */
export interface Drawn {
  readonly doors: readonly DoorCard[];
  readonly rules: readonly RuleCard[];
  readonly services: readonly ServiceCard[];
  readonly endpoints: readonly Card[];
}

/** The links between them, of each two at most one. */
export function linksOf(drawing: Drawing, drawn: Drawn): readonly Link[] {
  return [
    ...fromDoors(drawing, drawn),
    ...fromRules(drawing, drawn),
    ...fromServices(drawing, drawn),
    ...toSelected(drawing, drawn),
    ...toEmptyWorkloads(drawing, drawn),
  ];
}

function fromDoors(drawing: Drawing, { doors, rules, services }: Drawn): readonly Link[] {
  const { way } = drawing;
  const doorIds = new Set(doors.map(({ card }) => card.id));
  const toRules = rules.flatMap(({ node, card }): readonly Link[] => {
    const from = ingressId(node.source);
    if (!doorIds.has(from)) return [];
    return [{ from, to: card.id, label: '', status: card.status, lit: card.lit }];
  });
  const serviceIds = new Set(services.map(({ card }) => card.id));
  const toServices = doors.flatMap(({ door }): readonly Link[] => {
    const to = door.kind === 'Frontend' ? serviceId(door.service) : '';
    if (door.kind !== 'Frontend' || !serviceIds.has(to)) return [];
    const service = findService(drawing.snapshot, door.service);
    const port = service?.ports.find(({ name }) => name === door.portName);
    const { status } = verdictOnFrontend(door, drawing);
    const lit = door.id === way.door && to === way.service;
    return [{ from: door.id, to, label: port ? portText(port) : '', status, lit }];
  });
  return [...toRules, ...toServices];
}

function fromRules({ way }: Drawing, { rules, services }: Drawn): readonly Link[] {
  const ids = new Set(services.map(({ card }) => card.id));
  return rules.flatMap(({ card, backends }) =>
    [...Map.groupBy(backends, ({ edge }) => edge.to)].flatMap(([to, same]): readonly Link[] => {
      if (!ids.has(to)) return [];
      const edges = same.map(({ edge }) => edge);
      const { status } = verdictOnAll(edges.map(verdictOf));
      const label = edges.map((edge) => edge.label).join(', ');
      return [{ from: card.id, to, label, status, lit: card.lit && to === way.service }];
    }),
  );
}

function fromServices({ answerers }: Drawing, { services, endpoints }: Drawn): readonly Link[] {
  const byKey = new Map(services.map((service) => [service.key, service]));
  return endpoints.flatMap((card) =>
    [...answerers.of(card.id)].flatMap(([key, answers]): readonly Link[] => {
      const service = byKey.get(key);
      if (service === undefined) return [];
      const ports = answers.map(({ port, endpoint }) => `${port.port} → ${endpoint.port}`);
      return [
        {
          from: service.card.id,
          to: card.id,
          label: [...new Set(ports)].join(', '),
          status: statusOf(
            answers.map(({ endpoint }) => endpoint.ready),
            card.status,
          ),
          lit: service.card.lit && card.lit,
        },
      ];
    }),
  );
}

/** A Service that publishes Pods that aren't ready has them ready, whatever others say of them. */
function statusOf(ready: readonly boolean[], ofCard: GraphStatus): GraphStatus {
  return ready.length > 0 && ready.every(Boolean) ? 'ready' : ofCard;
}

/** Of Pods that a Service selects and that don't answer for it: it has no ports, or they have not the one that it names. */
function toSelected({ answerers, known, snapshot }: Drawing, drawn: Drawn): readonly Link[] {
  const byKey = new Map(drawn.services.map((service) => [service.key, service]));
  return drawn.endpoints.flatMap(({ id, pod, status }) => {
    const [namespace = ''] = pod?.key.split('/') ?? [];
    const selecting = pod ? known.selecting(namespace, pod.labels) : [];
    return selecting.flatMap((key): readonly Link[] => {
      const service = byKey.get(key);
      if (service === undefined || answerers.of(id).has(key)) return [];
      const isPortless = findService(snapshot, key)?.ports.length === 0;
      const fares = isPortless ? status : 'notReady';
      return [{ from: service.card.id, to: id, label: '', status: fares, lit: false }];
    });
  });
}

function toEmptyWorkloads({ known }: Drawing, { services, endpoints }: Drawn): readonly Link[] {
  const workloads = new Map(known.population?.empty() ?? []);
  return endpoints.flatMap(({ id, workload }): readonly Link[] => {
    const { metadata, spec } = workloads.get(workload?.key ?? '') ?? {};
    const labels = spec?.template?.metadata?.labels ?? {};
    const selecting = new Set(known.selecting(metadata?.namespace ?? 'default', labels));
    return services
      .filter(({ key }) => selecting.has(key))
      .map(({ card }) => ({ from: card.id, to: id, label: '', status: 'notReady', lit: false }));
  });
}

function portText({ name, port }: SnapshotPort): string {
  return `${name} ${port}`.trim();
}
