/** Run in a process of its own: one forwarder on Node, with and without TLS. */
import { readFileSync } from 'node:fs';
import http, { type IncomingHttpHeaders, type RequestListener } from 'node:http';
import https from 'node:https';

import fastifyProxy from '@fastify/http-proxy';
import { createGateway } from '@portolan/gateway';
import { serve, socket } from '@portolan/node';
import { fastProxy } from 'fast-proxy';
import fastify from 'fastify';
import { createProxyServer } from 'http-proxy-3';
import { Pool } from 'undici';

import { portOf } from '../../forwarding/free-port.ts';
import { snapshotFor } from '../../forwarding/snapshot.ts';

const [name = '', origin = '', certFile = '', keyFile = ''] = process.argv.slice(2);
const base = `http://127.0.0.1:${origin}`;
const tls = { cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') };
/** As many connections to the origin as anybody needs here, one request on each at a time. */
const pool = { connections: 256, pipelining: 1 };

interface Ports {
  readonly port: number;
  readonly securePort: number;
}

const START: Readonly<Record<string, () => Promise<Ports>>> = {
  portolan: async () => {
    const { fetch } = createGateway(snapshotFor(Number(origin)), { dialers: [socket()] });
    const hostname = '127.0.0.1';
    const certificates = [{ serverNames: ['*'], ...tls }];
    const [plain, secure] = await Promise.all([
      serve(fetch, { hostname }),
      serve(fetch, { hostname, certificates: () => certificates }),
    ]);
    return { port: plain.port, securePort: secure.port };
  },
  undici: () => {
    const to = new Pool(base, pool);
    return listening((incoming, outgoing) => {
      const { method = 'GET', url: path = '/', headers } = incoming;
      const hasContent = method !== 'GET' && method !== 'HEAD';
      const { connection: _, ...kept } = headers;
      to.stream(
        { method, path, headers: kept, body: hasContent ? incoming : null },
        (answer) => {
          const { connection: __, 'transfer-encoding': ___, ...fields } = answer.headers;
          outgoing.writeHead(answer.statusCode, fields);
          return outgoing;
        },
        (error) => {
          if (error) outgoing.destroy();
        },
      );
    });
  },
  'http-proxy-3': () => {
    const agent = new http.Agent({ keepAlive: true });
    const proxy = createProxyServer({ target: base, agent });
    proxy.on('error', () => undefined);
    return listening((incoming, outgoing) => proxy.web(incoming, outgoing));
  },
  'fast-proxy': () => {
    const forwarder = fastProxy({ base, undici: pool });
    return listening((incoming, outgoing) =>
      forwarder.proxy(incoming, outgoing, incoming.url ?? '/', {}),
    );
  },
  '@fastify/http-proxy': async () => {
    const plain = fastify();
    const secure = fastify({ https: tls });
    const replyOptions = { rewriteHeaders };
    const options = { upstream: base, undici: pool, replyOptions };
    await plain.register(fastifyProxy, options);
    await secure.register(fastifyProxy, options);
    const at = { host: '127.0.0.1', port: 0 };
    await plain.listen(at);
    await secure.listen(at);
    return { port: portOf(plain.server), securePort: portOf(secure.server) };
  },
};

/**
 * Without the fields of the connection to the origin. It would tell a client that says `Connection: close` that the connection is
 * kept, and close it.
 */
function rewriteHeaders(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const kept = { ...headers };
  delete kept.connection;
  delete kept['keep-alive'];
  return kept;
}

async function listening(listener: RequestListener): Promise<Ports> {
  const servers = [http.createServer(listener), https.createServer(tls, listener)];
  const ports = servers.map(
    (server) =>
      new Promise<number>((resolve) => {
        server.listen(0, '127.0.0.1', () => resolve(portOf(server)));
      }),
  );
  const [port = 0, securePort = 0] = await Promise.all(ports);
  return { port, securePort };
}

const ports = await START[name]?.();
process.stdout.write(`${JSON.stringify(ports)}\n`);
