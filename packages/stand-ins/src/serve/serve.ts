import { authority, objectKey } from '@portolan/core';

import type { StandInPlan } from '../plan/plan.ts';
import { openListener } from './listener.ts';
import type { Identity, Listener } from './listener.ts';

/** The servers of a plan while they run. */
export class StandIns {
  #running: ReadonlyMap<string, Running> = new Map();
  #overrides: Readonly<Record<string, string>> = {};
  #closed = false;
  /** The last change asked for: changes wait for one another. */
  #change: Promise<void> = Promise.resolve();

  /**
   * Where to dial instead: `address:port` of a Pod → `address:port` of its server, IPv6 addresses in brackets. What
   * isn't in it is dialled as it stands. `update` makes a new object.
   */
  get overrides(): Readonly<Record<string, string>> {
    return this.#overrides;
  }

  /** How many servers run. */
  get servers(): number {
    return this.#running.size;
  }

  /**
   * Goes over to another plan: starts what it adds, then stops what it leaves out. A server that stays keeps its
   * connections, and answers with its Pod's new labels and node from then on.
   *
   * @throws where a server can't be started, in which case those that ran go on as before.
   */
  update(plan: StandInPlan): Promise<void> {
    return this.#after(async () => {
      if (this.#closed) throw new Error('These stand-ins are closed.');
      const wanted = standInsOf(plan);
      const started = await startAll([...wanted].filter(([key]) => !this.#running.has(key)));
      const left = [...this.#running].filter(([key]) => !wanted.has(key));
      const running = [...this.#running].filter(([key]) => wanted.has(key));
      this.#running = new Map([...running, ...started]);
      for (const [key, server] of this.#running) server.standIn = wanted.get(key) ?? server.standIn;
      this.#overrides = overridesOf(this.#running.values());
      await stopAll(left.map(([, server]) => server));
    });
  }

  /** Ends every server and every connection. May be called again. */
  close(): Promise<void> {
    return this.#after(async () => {
      this.#closed = true;
      const running = this.#running;
      this.#running = new Map();
      this.#overrides = {};
      await stopAll(running.values());
    });
  }

  #after(change: () => Promise<void>): Promise<void> {
    this.#change = this.#change.then(change, change);
    return this.#change;
  }
}

/**
 * Starts a server for each port of each Pod in the plan.
 *
 * Where an address and port can't be had (a port below 1024 without the right to it, one in use, a system without
 * loopback addresses other than 127.0.0.1) a free port is taken, and `overrides` says where it is.
 *
 * @throws where a server can't be started at all; none is left running then.
 */
export async function startStandIns(plan: StandInPlan): Promise<StandIns> {
  const standIns = new StandIns();
  await standIns.update(plan);
  return standIns;
}

/** One server as planned. */
interface StandIn {
  readonly identity: Identity;
  /** The Pod's other addresses, which nobody can listen at. */
  readonly aliases: readonly string[];
}

interface Running {
  readonly listener: Listener;
  standIn: StandIn;
}

function standInsOf(plan: StandInPlan): ReadonlyMap<string, StandIn> {
  const pods = new Map(plan.pods.map((pod) => [objectKey(pod), pod]));
  const standIns = new Map<string, StandIn>();
  for (const { pod: key, address, port } of plan.servers) {
    const pod = pods.get(key);
    if (pod === undefined) throw new Error(`The plan has a server for ${key}, but no such Pod.`);
    const { name, namespace = 'default', labels = {} } = pod.metadata;
    const addresses = (pod.status?.podIPs ?? []).map(({ ip }) => ip);
    standIns.set(authority(address, port), {
      identity: { pod: name, namespace, node: pod.spec.nodeName ?? '', labels, address, port },
      aliases: addresses.filter((other) => other !== address),
    });
  }
  return standIns;
}

async function startAll(
  standIns: readonly (readonly [string, StandIn])[],
): Promise<readonly (readonly [string, Running])[]> {
  const results = await Promise.allSettled(
    standIns.map(async ([key, standIn]) => [key, await start(standIn)] as const),
  );
  const started = results.flatMap((result) =>
    result.status === 'fulfilled' ? [result.value] : [],
  );
  const failure = results.find((result) => result.status === 'rejected');
  if (failure === undefined) return started;
  await stopAll(started.map(([, server]) => server));
  throw failure.reason;
}

async function start(standIn: StandIn): Promise<Running> {
  const now = { standIn };
  const { address, port } = standIn.identity;
  const listener = await openListener(address, port, () => now.standIn.identity);
  return Object.assign(now, { listener });
}

async function stopAll(servers: Iterable<Running>): Promise<void> {
  await Promise.all(Array.from(servers, ({ listener }) => listener.close()));
}

function overridesOf(servers: Iterable<Running>): Readonly<Record<string, string>> {
  const overrides: Record<string, string> = {};
  for (const { listener, standIn } of servers) {
    const { address, port } = standIn.identity;
    const target = authority(listener.address, listener.port);
    for (const source of [address, ...standIn.aliases].map((it) => authority(it, port))) {
      if (source !== target) overrides[source] = target;
    }
  }
  return overrides;
}
