import { EVERY_NODE, type Entrance, type ObjectKey, type ObjectReference } from '@portolan/core';
import { findService, servicesOf, type Snapshot, type SnapshotFrontend } from '@portolan/engine';
import {
  frontendId,
  outlineRules,
  resourceId,
  serviceId,
  type OutlinedRule,
} from '@portolan/graph';

import type { Known } from './known.ts';

/** An object that has rules. */
export interface IngressDoor {
  readonly kind: 'Ingress';
  readonly id: string;
  readonly source: ObjectReference;
  readonly rules: readonly OutlinedRule[];
}

/** An address at which a client may knock for a Service itself. */
export interface FrontendDoor extends SnapshotFrontend {
  readonly kind: 'Frontend';
  readonly id: string;
  readonly entrance: Entrance;
  readonly protocol: string;
  /** `EVERY_NODE` for each address of each node. */
  readonly host: string;
  readonly port: number;
}

export type Door = FrontendDoor | IngressDoor;

/** What rules lead to: a Service, which may be missing, or something that nothing serves. */
export interface Target {
  readonly kind: 'Resource' | 'Service';
  readonly id: string;
  readonly group: string;
  readonly object: ObjectReference;
}

/** All that may be drawn except endpoints, in the order of the manifests. It holds as long as no more than endpoints change. */
export interface Outline {
  readonly ingresses: readonly IngressDoor[];
  readonly frontends: Readonly<Record<Entrance, readonly FrontendDoor[]>>;
  readonly rules: readonly OutlinedRule[];
  readonly targets: readonly Target[];
  /** By id. */
  readonly doorById: ReadonlyMap<string, Door>;
  readonly targetById: ReadonlyMap<string, Target>;
  /** By `placeKey`; several where one path is asked for under several conditions, in the order of the route table. */
  readonly rulesAt: ReadonlyMap<string, readonly OutlinedRule[]>;
}

/** Where a rule stands: `Ingress shop/web spec.rules[0].http.paths[1] /cart`. */
export function placeKey(
  { kind, namespace, name }: ObjectReference,
  field: string,
  path = '',
): string {
  return `${kind} ${namespace}/${name} ${field} ${path}`;
}

export function outlineOf(snapshot: Snapshot, known: Known): Outline {
  const ofTable = outlineRules(snapshot.routes);
  const rules = inOrder(ofTable, known);
  const ingresses = [...Map.groupBy(rules, ({ outline }) => ingressId(outline.source))].flatMap(
    ([id, same]): readonly IngressDoor[] =>
      same.slice(0, 1).map(({ outline: { source } }) => ({
        kind: 'Ingress',
        id,
        source,
        rules: same,
      })),
  );
  const frontends = Object.entries(snapshot.frontends).flatMap(([key, each]) =>
    frontendOf(key, each),
  );
  const targets = targetsOf(snapshot, rules, known);
  return {
    ingresses,
    frontends: {
      external: frontends.filter(({ entrance }) => entrance === 'external'),
      internal: frontends.filter(({ entrance }) => entrance === 'internal'),
    },
    rules,
    targets,
    doorById: new Map<string, Door>([...ingresses, ...frontends].map((door) => [door.id, door])),
    targetById: new Map(targets.map((target) => [target.id, target])),
    rulesAt: Map.groupBy(ofTable, ({ outline: { source, field, path } }) =>
      placeKey(source, field, path),
    ),
  };
}

/** The door that a rule belongs to. */
export function ingressId({ kind, namespace, name }: ObjectReference): string {
  return `ingress:${kind}/${namespace}/${name}`;
}

/** What a backend leads to. */
function targetId({ group, kind, namespace, name }: OutlinedRule['backends'][number]): string {
  return group === '' && kind === 'Service'
    ? serviceId(`${namespace}/${name}`)
    : resourceId(group, { kind, namespace, name });
}

/** The address of a frontend as people write it. */
export function frontendText({ host, port }: Pick<FrontendDoor, 'host' | 'port'>): string {
  if (host === EVERY_NODE) return `every node, port ${port}`;
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

const FRONTEND = /^(external|internal) (\S+) (.+):(\d+)$/u;

function frontendOf(key: string, frontend: SnapshotFrontend): readonly FrontendDoor[] {
  const [, entrance, protocol = '', host = '', port] = FRONTEND.exec(key) ?? [];
  if (entrance !== 'external' && entrance !== 'internal') return [];
  const id = frontendId(key);
  return [{ kind: 'Frontend', id, entrance, protocol, host, port: Number(port), ...frontend }];
}

function inOrder(rules: readonly OutlinedRule[], known: Known): readonly OutlinedRule[] {
  const placed = rules.map((rule) => {
    const { source, field } = rule.outline;
    const object = known.placeOf(source.kind, `${source.namespace}/${source.name}`);
    return { rule, place: [object, ...numbersOf(field)], source: ingressId(source) };
  });
  // Of objects without a place each has its rules together, too.
  const first = new Map<string, number>();
  for (const { source } of placed) if (!first.has(source)) first.set(source, first.size);
  return placed
    .toSorted(
      (a, b) =>
        (a.place[0] ?? 0) - (b.place[0] ?? 0) ||
        (first.get(a.source) ?? 0) - (first.get(b.source) ?? 0) ||
        (a.place[1] ?? 0) - (b.place[1] ?? 0) ||
        (a.place[2] ?? 0) - (b.place[2] ?? 0),
    )
    .map(({ rule }) => rule);
}

/** The numbers of `spec.rules[0].http.paths[1]`. A default backend, which has none, comes last. */
function numbersOf(field: string): readonly number[] {
  const numbers = field.match(/\d+/gu)?.map(Number) ?? [];
  return numbers.length === 0 ? [Number.MAX_SAFE_INTEGER] : numbers;
}

function targetsOf(
  snapshot: Snapshot,
  rules: readonly OutlinedRule[],
  known: Known,
): readonly Target[] {
  const services = servicesOf(snapshot)
    .map(({ namespace, name }): ObjectKey => `${namespace}/${name}`)
    .map((key, index) => ({ key, index, place: known.placeOf('Service', key) }))
    .toSorted((a, b) => a.place - b.place || a.index - b.index)
    .map(({ key }): Target => {
      const [namespace = '', name = ''] = key.split('/');
      const object = { kind: 'Service', namespace, name };
      return { kind: 'Service', id: serviceId(key), group: '', object };
    });
  const absent = rules.flatMap(({ backends, outline: { redirect } }) =>
    redirect === undefined ? backends.filter((backend) => isAbsent(snapshot, backend)) : [],
  );
  const others = absent.map((backend): Target => {
    const { group, kind, namespace, name } = backend;
    const isService = group === '' && kind === 'Service';
    const object = { kind, namespace, name };
    return { kind: isService ? 'Service' : 'Resource', id: targetId(backend), group, object };
  });
  return [...new Map([...services, ...others].map((target) => [target.id, target])).values()];
}

function isAbsent(
  snapshot: Snapshot,
  { group, kind, namespace, name, weight }: OutlinedRule['backends'][number],
): boolean {
  if (weight === 0) return false;
  return group !== '' || kind !== 'Service' || !findService(snapshot, `${namespace}/${name}`);
}
