/** Run in a process of its own: what carries connections on Node. */
import net from 'node:net';

import { currentRuntime, startHost } from '@portolan/host';

import { portOf } from '../../forwarding/free-port.ts';

const [name = '', endpoint = ''] = process.argv.slice(2);
const hostname = '127.0.0.1';
const port = Number(endpoint);

const START: Readonly<Record<string, () => Promise<number>>> = {
  portolan: async () => {
    const host = await startHost({
      runtime: await currentRuntime(),
      tokens: [],
      nodeAddresses: [hostname],
      warn: (message) => {
        throw new Error(message);
      },
    });
    await host.update([
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'cart' },
        spec: { type: 'NodePort', ports: [{ port: 80 }] },
      },
      {
        apiVersion: 'discovery.k8s.io/v1',
        kind: 'EndpointSlice',
        metadata: { name: 'cart', labels: { 'kubernetes.io/service-name': 'cart' } },
        addressType: 'IPv4',
        endpoints: [{ addresses: [hostname] }],
        ports: [{ name: '', port }],
      },
    ]);
    const frontend = host.frontends().find(({ kind }) => kind === 'node-port');
    if (frontend === undefined) throw new Error(JSON.stringify(host.faults()));
    return frontend.port;
  },
  'node:net': () => {
    const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
      const to = net.connect({
        port,
        host: hostname,
        allowHalfOpen: true,
        noDelay: true,
      });
      for (const socket of [client, to]) {
        socket.on('error', () => {
          client.destroy();
          to.destroy();
        });
      }
      client.pipe(to).pipe(client);
    });
    return new Promise((resolve) => {
      server.listen({ port: 0, host: hostname, backlog: 4096 }, () => resolve(portOf(server)));
    });
  },
};

process.stdout.write(`${JSON.stringify({ port: await START[name]?.() })}\n`);
