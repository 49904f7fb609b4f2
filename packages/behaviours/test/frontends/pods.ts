import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import net from 'node:net';

import { compile } from '@portolan/compile';
import { serveDNS } from '@portolan/dns-server';

import type { Place } from './place.ts';

/** What runs where the manifests have Pods. */
export async function startPods({ pods }: Place): Promise<{ readonly stop: () => Promise<void> }> {
  const web = createServer((request, response) => {
    response.end(JSON.stringify({ pod: 'web', host: request.headers.host, url: request.url }));
  });
  web.listen(8080, pods.web);
  await once(web, 'listening');

  const redis = spawn(
    'redis-server',
    ['--bind', pods.redis, '--port', '6379', '--save', '', '--appendonly', 'no'],
    { stdio: 'ignore' },
  );
  await untilConnected(pods.redis, 6379);

  const names = await serveDNS({
    hostname: pods.names,
    port: 5300,
    snapshot: () => NAMES.snapshot,
  });
  return {
    stop: async () => {
      web.close();
      web.closeAllConnections();
      const exited = once(redis, 'exit');
      redis.kill();
      await Promise.all([exited, names.close()]);
    },
  };
}

/** What the Pod that is a DNS server knows: another cluster. */
const NAMES = compile(
  `
apiVersion: v1
kind: Service
metadata: { namespace: far, name: away }
spec: { clusterIP: 10.9.8.7, ports: [{ port: 80 }] }
`,
  { clusterDomain: 'other.cluster', clusterIPRanges: ['10.9.0.0/16'] },
);

async function untilConnected(host: string, port: number): Promise<void> {
  for (;;) {
    const socket = net.connect(port, host);
    try {
      await once(socket, 'connect');
      return;
    } catch {
      await new Promise((resolve) => {
        setTimeout(resolve, 50);
      });
    } finally {
      socket.destroy();
    }
  }
}
