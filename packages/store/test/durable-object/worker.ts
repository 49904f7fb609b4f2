import { storeContract } from '../../src/contract/store-contract.ts';
import {
  openDurableObjectStore,
  type DurableObjectStorage,
} from '../../src/durable-object/durable-object.ts';
import type { Store } from '../../src/index.ts';
import { countOf, writesOf } from '../kill/writes.ts';

/** What is used of the state that a Durable Object is given. */
interface State {
  readonly storage: DurableObjectStorage & { deleteAll(): Promise<void> };
  abort(reason: string): void;
}

/** What is asked of `env`. */
interface Environment {
  readonly STORE: {
    getByName(name: string): { fetch(request: Request): Promise<Response> };
  };
}

/** A store in a Durable Object: it can be put to the contract, written to, read, and evicted. */
export class KeptStore {
  readonly #state: State;
  #store: Store | undefined;

  constructor(state: State) {
    this.#state = state;
  }

  async fetch(request: Request): Promise<Response> {
    const { storage } = this.#state;
    const { pathname, searchParams } = new URL(request.url);
    switch (pathname) {
      case '/ready':
        return new Response('ready');
      case '/contract':
        return Response.json(await putToContract(storage));
      case '/evict':
        this.#state.abort('evicted');
        return new Response();
      default:
    }
    this.#store ??= openDurableObjectStore(storage);
    if (request.method === 'POST') this.#store.commit(writesOf(Number(searchParams.get('count'))));
    return Response.json({
      revision: this.#store.revision(),
      kept: this.#store.list('configmaps').map((object) => [object.metadata.name, countOf(object)]),
    });
  }
}

async function putToContract(storage: State['storage']): Promise<Readonly<Record<string, string>>> {
  const checks = storeContract({
    place: () => ({
      open: (options) => openDurableObjectStore(storage, options),
      remove: () => storage.deleteAll(),
    }),
    keeps: true,
  });
  const results: Record<string, string> = {};
  for (const { name, run } of checks) {
    results[name] = await run().then(
      () => 'holds',
      (error: unknown) => String(error),
    );
  }
  return results;
}

export default {
  fetch: (request: Request, { STORE }: Environment): Promise<Response> => {
    const { searchParams } = new URL(request.url);
    return STORE.getByName(searchParams.get('name') ?? 'one').fetch(request);
  },
};
