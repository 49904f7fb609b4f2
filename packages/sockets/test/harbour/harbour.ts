import { once } from 'node:events';
import net from 'node:net';

import { compile } from '@portolan/compile';
import type { Snapshot } from '@portolan/engine';
import { createEndpointStates, type EndpointStateStore } from '@portolan/proxy';

import {
  createListeners,
  type EndedConnection,
  type ListenAt,
  type ListenersOptions,
  type ListenFault,
  type Listeners,
} from '../../src/index.ts';
import { until } from '../peers/until.ts';

/** What a Service is made of, and who answers for it. */
interface ServiceParts {
  /** More of `spec`. */
  readonly spec?: object;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly status?: object;
  /** By IP address; what is absent is ready and on `node-a`. */
  readonly pods?: Readonly<Record<string, { readonly node?: string; readonly ready?: boolean }>>;
}

export const POD = '10.244.0.1';

/** A shop with one Service, `shop/db`, on nodes at 127.0.0.1 and 127.0.0.2. */
function shop(nodePort: number, parts: ServiceParts = {}): Snapshot {
  const { spec = {}, annotations = {}, status, pods = { [POD]: {} } } = parts;
  const nodes = { 'node-a': ['127.0.0.1', '::1'], 'node-b': ['127.0.0.2'] };
  const port = { port: 5432, targetPort: 5432, nodePort };
  const objects = [
    ...Object.entries(nodes).map(([name, addresses]) => ({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name },
      status: { addresses: addresses.map((address) => ({ type: 'InternalIP', address })) },
    })),
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'db', namespace: 'shop', annotations },
      spec: {
        type: 'NodePort',
        selector: { app: 'db' },
        ports: [
          { ...port, name: 'tcp' },
          { ...port, name: 'udp', protocol: 'UDP' },
        ],
        ...spec,
      },
      ...(status && { status }),
    },
    ...Object.entries(pods).map(([podIP, { node = 'node-a', ready = true }], index) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `db-${index}`, namespace: 'shop', labels: { app: 'db' } },
      spec: { nodeName: node, containers: [{ name: 'db', image: 'db' }] },
      status: {
        phase: 'Running',
        podIP,
        podIPs: [{ ip: podIP }],
        conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
      },
    })),
  ];
  return compiled(objects.map((object) => JSON.stringify(object)).join('\n---\n'));
}

export function compiled(manifests: string): Snapshot {
  const { snapshot, diagnostics } = compile(manifests);
  const faults = diagnostics.filter(({ severity }) => severity === 'error');
  if (faults.length > 0) throw new Error(JSON.stringify(faults));
  return snapshot;
}

export interface Harbour extends AsyncDisposable {
  readonly port: number;
  readonly at: Readonly<Record<'TCP' | 'UDP', ListenAt>>;
  readonly listeners: Listeners;
  readonly states: EndpointStateStore;
  readonly ended: readonly EndedConnection[];
  /** Resolves when so many connections or sessions have ended, with the last. */
  readonly end: (count: number) => Promise<EndedConnection>;
  readonly swap: (parts: ServiceParts) => void;
  readonly update: (...wanted: readonly ListenAt[]) => Promise<readonly ListenFault[]>;
}

export interface HarbourOptions extends ServiceParts {
  /** Pods that in truth listen at these ports of this machine. */
  readonly listening?: Readonly<Record<string, number>>;
  readonly address?: string;
  readonly options?: Partial<ListenersOptions>;
}

/** Listens for a Service at a node port of this machine. */
export async function harbour(given: HarbourOptions): Promise<Harbour> {
  const { listening = {}, address = '127.0.0.1', options, ...parts } = given;
  const port = await freeNodePort();
  let snapshot = shop(port, parts);
  const ended: EndedConnection[] = [];
  const states = createEndpointStates();
  const overrides = Object.fromEntries(
    Object.entries(listening).map(([pod, at]) => [`${pod}:5432`, `127.0.0.1:${at}`]),
  );
  const listeners = createListeners({
    snapshot: () => snapshot,
    states,
    overrides: () => overrides,
    drain: 0,
    observe: (each) => ended.push(each),
    ...options,
  });
  const at = {
    TCP: { entrance: 'external', protocol: 'TCP', address, port },
    UDP: { entrance: 'external', protocol: 'UDP', address, port },
  } as const;
  const faults = await listeners.update([at.TCP, at.UDP]);
  if (faults.some(({ code }) => code === 'EADDRINUSE')) {
    // Somebody else was faster.
    await listeners.close();
    return harbour(given);
  }
  if (faults.length > 0) throw new Error(JSON.stringify(faults));
  return {
    port,
    at,
    listeners,
    states,
    ended,
    end: async (count) => {
      await until(() => ended.length >= count);
      const last = ended[count - 1];
      if (last === undefined) throw new Error('there is none');
      return last;
    },
    swap: (other) => {
      snapshot = shop(port, other);
    },
    update: (...wanted) => listeners.update(wanted),
    [Symbol.asyncDispose]: () => listeners.close(),
  };
}

/** A node port that nobody listens at. */
export async function freeNodePort(): Promise<number> {
  for (;;) {
    const port = 30_000 + Math.floor(Math.random() * 2768);
    const server = net.createServer();
    server.listen(port, '127.0.0.1');
    try {
      await once(server, 'listening');
    } catch {
      continue;
    }
    server.close();
    await once(server, 'close');
    return port;
  }
}
