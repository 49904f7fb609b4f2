import type { Endpoint, ObjectKey } from '@portolan/core';
import {
  changedServices,
  servicesOf,
  type Snapshot,
  type SnapshotPort,
  type SnapshotService,
} from '@portolan/engine';

/** An endpoint, and the port of the Service that it answers for. */
export interface Answer {
  readonly port: SnapshotPort;
  readonly endpoint: Endpoint;
}

/** Who answers for Services, by the id of the card that stands for them. */
export class Answerers {
  /** By id, then by Service; the name that a Service is an alias of may have no answers. */
  readonly #answers = new Map<string, Map<ObjectKey, Answer[]>>();
  readonly #aliases = new Map<string, number>();
  #snapshot: Snapshot;

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot;
    for (const service of servicesOf(snapshot)) this.#add(service);
  }

  /** Those of a later Snapshot, at the cost of what is other in it. */
  follow(snapshot: Snapshot): void {
    for (const { before, after } of changedServices(this.#snapshot, snapshot)) {
      if (before) this.#remove(before);
      if (after) this.#add(after);
    }
    this.#snapshot = snapshot;
  }

  ids(): Iterable<string> {
    return this.#answers.keys();
  }

  /** By Service. */
  of(id: string): ReadonlyMap<ObjectKey, readonly Answer[]> {
    return this.#answers.get(id) ?? NONE;
  }

  /** Whether a Service is an alias of it. */
  isAlias(id: string): boolean {
    return this.#aliases.has(id);
  }

  #add(service: SnapshotService): void {
    const key = keyOf(service);
    for (const port of service.ports) {
      for (const endpoint of port.endpoints)
        this.#at(cardOf(endpoint), key).push({ port, endpoint });
    }
    const alias = aliasOf(service);
    if (alias === undefined) return;
    this.#at(alias, key);
    this.#aliases.set(alias, (this.#aliases.get(alias) ?? 0) + 1);
  }

  #at(id: string, service: ObjectKey): Answer[] {
    const services = this.#answers.get(id) ?? new Map<ObjectKey, Answer[]>();
    this.#answers.set(id, services);
    const answers = services.get(service) ?? [];
    services.set(service, answers);
    return answers;
  }

  #remove(service: SnapshotService): void {
    const key = keyOf(service);
    const alias = aliasOf(service);
    for (const id of answererIds(service)) {
      const services = this.#answers.get(id);
      services?.delete(key);
      if (services?.size === 0) this.#answers.delete(id);
    }
    if (alias === undefined) return;
    const others = (this.#aliases.get(alias) ?? 1) - 1;
    if (others === 0) this.#aliases.delete(alias);
    else this.#aliases.set(alias, others);
  }
}

/** The cards of those who answer for a Service, and of the name that it is an alias of. */
export function answererIds(service: SnapshotService): readonly string[] {
  const ids = service.ports.flatMap(({ endpoints }) => endpoints.map(cardOf));
  const alias = aliasOf(service);
  return alias === undefined ? ids : [...ids, alias];
}

const NONE: ReadonlyMap<ObjectKey, readonly Answer[]> = new Map();

/** The id of the card that stands for an endpoint: of a Pod one, whatever its addresses and ports are. */
export function cardOf({ target, address }: Pick<Endpoint, 'address' | 'target'>): string {
  return target?.kind === 'Pod'
    ? podCardId(`${target.namespace}/${target.name}`)
    : addressCardId(address);
}

export function podCardId(pod: ObjectKey): string {
  return `pod:${pod}`;
}

export function addressCardId(address: string): string {
  return `address:${address}`;
}

/** The card of the name that a Service is an alias of: read from DNS, so that no Service type needs to be known here. */
function aliasOf({ dnsRecords = [] }: SnapshotService): string | undefined {
  const record = dnsRecords.find(({ type }) => type === 'CNAME');
  return record?.type === 'CNAME' ? addressCardId(record.target) : undefined;
}

function keyOf({ namespace, name }: SnapshotService): ObjectKey {
  return `${namespace}/${name}`;
}
