/** Run in a process of its own: what answers DNS on Node. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';

import { compile } from '@portolan/compile';
import { serveDNS } from '@portolan/dns-server';
import { dnsOverHTTPS } from '@portolan/dns-server/https';

import { HEADER, queriesOf } from './message.ts';
import { KINDS, SRV, TTL, ZONE } from './zone.ts';

const { snapshot } = compile(
  ZONE.map(({ label, address }) =>
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: label, namespace: 'shop' },
      spec: { clusterIP: address, ports: [{ name: 'http', port: SRV.port }] },
    }),
  ).join('\n---\n'),
);
const options = { snapshot: () => snapshot, ttl: TTL };

const START: Readonly<Record<string, () => Promise<number>>> = {
  portolan: async () => (await serveDNS(options)).port,
  /** Has all answers ready, and puts the id of the query into them. */
  'node:dgram': async () => {
    const ready = await readyAnswers();
    const socket = createSocket('udp4');
    socket.on('message', (message, { port, address }) => {
      const answer = ready.get(message.toString('latin1', HEADER));
      if (answer === undefined) return;
      const copy = Buffer.from(answer);
      copy.set(message.subarray(0, 2));
      socket.send(copy, port, address, () => undefined);
    });
    const bound = once(socket, 'listening');
    socket.bind(0, '127.0.0.1');
    await bound;
    return socket.address().port;
  },
};

/** The answers of ours, by their questions. */
async function readyAnswers(): Promise<ReadonlyMap<string, Buffer>> {
  const answer = dnsOverHTTPS(options);
  const headers = { 'Content-Type': 'application/dns-message' };
  return new Map(
    await Promise.all(
      KINDS.flatMap(queriesOf).map(async (query) => {
        const body = Uint8Array.from(query);
        const asked = new Request('http://dns.example/', { method: 'POST', headers, body });
        const message = Buffer.from(await (await answer(asked)).arrayBuffer());
        return [query.toString('latin1', HEADER), message] as const;
      }),
    ),
  );
}

process.stdout.write(`${JSON.stringify({ port: await START[process.argv[2] ?? '']?.() })}\n`);
