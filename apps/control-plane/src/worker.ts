import { createControlPlane, mayHastenExpiry, nextExpiry } from '@portolan/control-plane';
import { RESOURCE_TYPES } from '@portolan/store';
import { openDurableObjectStore } from '@portolan/store/durable-object';
import { DurableObject, WorkerEntrypoint } from 'cloudflare:workers';

import { configure } from './configuration.ts';
import { publishToKV } from './kv-publisher.ts';
import { snapshotAnswer } from './snapshot-answer.ts';

/** The Durable Object, as it is called from outside. */
type Stub = Pick<ControlPlane, 'fetch'> & {
  readonly latest: (since: string | null) => Promise<Response>;
};

interface Environment {
  readonly CONTROL_PLANE: { readonly getByName: (name: string) => Stub };
  readonly SNAPSHOTS?: KVNamespace;
}

/** Milliseconds before the object is woken again for what is overdue and could not be done. */
const SOONEST_ALARM = 1_000;

/** There is one: all objects of one control plane are in one place, and every commit is a transaction. */
function controlPlane({ CONTROL_PLANE }: Environment): Stub {
  return CONTROL_PLANE.getByName('control-plane');
}

/** The resource API, its controllers and its Snapshots, over SQLite. */
export class ControlPlane extends DurableObject<Environment> {
  readonly #store = openDurableObjectStore(this.ctx.storage);
  readonly #plane;
  /** Milliseconds since 1970. */
  #alarmAt: number | undefined;

  constructor(state: DurableObjectState, environment: Environment) {
    super(state, environment);
    const { tokens, prefix, kvInterval, addresses } = configure({ ...environment });
    this.#plane = createControlPlane({
      store: this.#store,
      tokens,
      prefix,
      // Whoever renews a lease wakes the object: no lease could run out for want of it.
      leasesSince: 0,
      ...(addresses && { addresses }),
      // oxlint-disable-next-line no-console -- a Worker has no other log
      audit: (event) => console.log(JSON.stringify(event)),
      warn,
    });
    this.#store.subscribe((changes) => {
      if (changes.some(mayHastenExpiry)) {
        this.ctx.waitUntil(this.#setAlarm());
      }
    });
    this.ctx.waitUntil(this.#setAlarm());
    if (environment.SNAPSHOTS) {
      publishToKV({
        kv: environment.SNAPSHOTS,
        feed: this.#plane,
        revision: this.#store.revision,
        isInUse: () => this.#isInUse(),
        interval: kvInterval,
        warn,
      });
    }
  }

  override fetch(request: Request): Promise<Response> {
    return this.#plane.fetch(request);
  }

  /** Woken where a lease runs out. */
  override async alarm(): Promise<void> {
    this.#alarmAt = undefined;
    await this.#plane.settled();
    await this.#setAlarm();
  }

  /** Has the object woken for the next lease that runs out. One that is renewed meanwhile leaves the alarm as it is. */
  async #setAlarm(): Promise<void> {
    const now = Date.now();
    const next = nextExpiry(this.#store, now);
    if (next === undefined || (this.#alarmAt ?? Infinity) <= next) return;
    this.#alarmAt = Math.max(next, now + SOONEST_ALARM);
    await this.ctx.storage.setAlarm(this.#alarmAt);
  }

  /** What is new since a version, for edge workers. */
  latest(since: string | null): Response {
    if (!this.#isInUse()) return new Response('nothing has been written yet', { status: 503 });
    return snapshotAnswer(this.#plane, this.#store.revision(), since);
  }

  /** Whether there is anything: until then edge workers go on with what they were deployed with. */
  #isInUse(): boolean {
    return RESOURCE_TYPES.some(({ id }) => this.#store.list(id).length > 0);
  }
}

/**
 * What edge workers bind to. They hand on what comes to their `/.portolan/kube/`, and ask for Snapshots at `/snapshot`, which
 * takes no token: nobody else gets here.
 */
export class Edge extends WorkerEntrypoint<Environment> {
  override fetch(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    const object = controlPlane(this.env);
    return pathname === '/snapshot'
      ? object.latest(searchParams.get('since'))
      : object.fetch(request);
  }
}

/** The resource API, for whoever brings a token. */
export default {
  fetch: (request: Request, environment: Environment): Promise<Response> =>
    controlPlane(environment).fetch(request),
};

function warn(message: string): void {
  // oxlint-disable-next-line no-console -- a Worker has no other log
  console.warn(message);
}
