import http from 'node:http';
import process from 'node:process';

import { Pool } from 'undici';

import { serving } from '../../../gateway/test/serving.ts';
import { portOf } from '../../../proxy/test/port/port.ts';
import { serve, socket } from '../../src/index.ts';

/** `undici`: forwards and does nothing else. `node`: a gateway behind `serve`, with an Ingress and two endpoints. */
export const PROXIES = ['undici', 'http', 'node'] as const;
export type ProxyName = (typeof PROXIES)[number];

function manifests(port: number): string {
  const objects = [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'cart' },
      spec: { ports: [{ port: 80 }] },
    },
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: 'cart', labels: { 'kubernetes.io/service-name': 'cart' } },
      addressType: 'IPv4',
      endpoints: [{ addresses: ['127.0.0.1'] }],
      ports: [{ name: '', port }],
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'shop' },
      spec: {
        rules: [
          {
            host: 'shop.example',
            http: {
              paths: [
                {
                  path: '/cart',
                  pathType: 'Prefix',
                  backend: { service: { name: 'cart', port: { number: 80 } } },
                },
              ],
            },
          },
        ],
      },
    },
  ];
  return objects.map((object) => JSON.stringify(object)).join('\n---\n');
}

/** Resolves with the port that it listens at. */
const START: Readonly<Record<ProxyName, (origin: number) => Promise<number>>> = {
  undici: (origin) => {
    const pool = new Pool(`http://127.0.0.1:${origin}`, { connections: 128, pipelining: 1 });
    const server = http.createServer((incoming, outgoing) => {
      const { method = 'GET', url: path = '/', headers } = incoming;
      const hasContent = method !== 'GET' && method !== 'HEAD';
      const { connection: _, ...kept } = headers;
      pool.stream(
        { method: method, path, headers: kept, body: hasContent ? incoming : null },
        (answer) => {
          outgoing.writeHead(answer.statusCode, answer.headers);
          return outgoing;
        },
        (error) => {
          if (error) outgoing.destroy();
        },
      );
    });
    return listening(server);
  },
  http: (origin) => {
    const agent = new http.Agent({ keepAlive: true });
    const server = http.createServer((incoming, outgoing) => {
      const { method, url: path, headers } = incoming;
      const { connection: _, ...kept } = headers;
      const sent = http.request(
        { agent, host: '127.0.0.1', port: origin, method, path, headers: kept },
        (answer) => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
          answer.pipe(outgoing);
        },
      );
      sent.on('error', () => outgoing.destroy());
      incoming.pipe(sent);
    });
    return listening(server);
  },
  node: async (origin) => {
    const gateway = serving(manifests(origin), { dialers: [socket()] });
    const { port } = await serve(gateway.fetch, { hostname: '127.0.0.1' });
    return port;
  },
};

function listening(server: http.Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(portOf(server)));
  });
}

const name = PROXIES.find((each) => each === process.argv[2]);
if (name !== undefined) {
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.(user + system);
  });
  process.once('SIGINT', () => process.exit());
  process.send?.(await START[name](Number(process.argv[3])));
}
