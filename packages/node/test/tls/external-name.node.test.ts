import { once } from 'node:events';
import https from 'node:https';

import { afterEach, expect, it } from 'vitest';

import { socket } from '../../src/index.ts';
import { certificate } from '../certificate/certificate.ts';

const NAME = 'pay.example';
let origin: https.Server | undefined;
afterEach(() => origin?.close());

it('an endpoint of appProtocol https at a listed external name is asked for that name, as Host and in TLS', async () => {
  const { cert, key } = certificate(NAME);
  const seen: unknown[] = [];
  origin = https.createServer({ cert, key }, ({ headers, socket: connection }, response) => {
    const asked = 'servername' in connection ? connection.servername : undefined;
    seen.push({ host: headers.host, asked });
    response.end('paid');
  });
  origin.listen(0, '127.0.0.1');
  await once(origin, 'listening');
  const address = origin.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;

  const dialer = socket({
    tls: { ca: cert },
    allowPrivate: [NAME],
    lookup: (_, __, done) => done(null, [{ address: '127.0.0.1', family: 4 }]),
  });
  const state = { ready: true, serving: true, terminating: false };
  const reached = dialer.dial({
    endpoint: { address: NAME, addressType: 'FQDN', port, ...state },
    service: { namespace: 'shop', name: 'pay', port: 443, portName: '', appProtocol: 'https' },
  });
  if ('unreachable' in reached) throw new Error(reached.message);
  // The proxy sets Host to the name: `host-policy` in its package.
  const request = new Request(`${reached.base}/`, { headers: { host: NAME } });
  const response = await reached.fetch(request);
  expect(await response.text()).toBe('paid');
  expect(seen).toEqual([{ host: NAME, asked: NAME }]);
});
