import { createKubeAPI, type Admission } from '@portolan/kube-api';
import { serve } from '@portolan/node';
import { openStore, type ObjectRef, type Store, type StoredObject } from '@portolan/store';

/** A control plane on the loopback. */
export interface TestTarget {
  readonly store: Store;
  readonly to: string;
  readonly token: string;
  /** Every bulk write that came, unpacked: its header, and how many lines it has besides. */
  readonly writes: readonly { readonly since: string | null; readonly lines: number }[];
  /** What becomes of a request: it isn't answered, or its answer is lost; `undefined` for all is well. */
  fault: (request: Request) => 'lost' | 'refused' | undefined;
  /** The objects of a source, without what the API added. */
  readonly objects: (source: string) => readonly StoredObject[];
  readonly close: () => Promise<void>;
}

const RESOURCES = [
  'services',
  'nodes',
  'secrets',
  'endpointslices.discovery.k8s.io',
  'ingresses.networking.k8s.io',
  'ingressclasses.networking.k8s.io',
];

export async function startTarget({
  store = openStore(),
  admission = { admit: ({ object }) => ({ object }) },
  port = 0,
}: { store?: Store; admission?: Admission; port?: number } = {}): Promise<TestTarget> {
  const token = 'a-token-of-the-control-plane';
  const api = createKubeAPI({
    store,
    admission,
    prefix: '/.portolan/kube',
    tokens: [{ name: 'sync', role: 'admin', token }],
  });
  const writes: { since: string | null; lines: number }[] = [];
  const server = await serve(
    async (request) => {
      const fault = target.fault(request);
      if (fault === 'refused') return new Response('not now', { status: 503 });
      if (new URL(request.url).pathname.endsWith('/bulk')) {
        const { url, headers } = request;
        const body = await request.arrayBuffer();
        const unpacked = new Blob([body]).stream().pipeThrough(new DecompressionStream('gzip'));
        const text = await new Response(unpacked).text();
        const [header = '', ...lines] = text.trimEnd().split('\n');
        writes.push({ ...JSON.parse(header), lines: lines.length });
        const response = await api.fetch(new Request(url, { method: 'POST', headers, body }));
        return fault === 'lost' ? lost() : response;
      }
      const response = await api.fetch(request);
      return fault === 'lost' ? lost() : response;
    },
    { hostname: '127.0.0.1', drain: 0, port, onError: () => undefined },
  );
  const target: TestTarget = {
    store,
    to: `http://127.0.0.1:${server.port}/.portolan/kube`,
    token,
    writes,
    fault: () => undefined,
    objects: (source) =>
      RESOURCES.flatMap((resource) => store.list(resource)).filter(
        ({ metadata }) => metadata.annotations?.['portolan.dev/source'] === source,
      ),
    close: async () => {
      api.close();
      await server.close();
    },
  };
  return target;
}

/** An answer whose connection breaks. */
function lost(): Response {
  return new Response(
    new ReadableStream({
      pull: (controller) => controller.error(new Error('lost on purpose')),
    }),
  );
}

/** What an object is called. */
export function nameOf({ metadata: { namespace, name } }: StoredObject): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

export function refOf(resource: string, name: string, namespace = 'shop'): ObjectRef {
  return { resource, namespace, name };
}
