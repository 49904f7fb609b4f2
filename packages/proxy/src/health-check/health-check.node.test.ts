import { execFile } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import { promisify } from 'node:util';

import type { Endpoint } from '@portolan/core';
import type { Snapshot } from '@portolan/engine';
import type { TrafficSettings } from '@portolan/settings';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { freePort, portOf } from '../../test/port/port.ts';
import { createEndpointStates } from '../endpoint-state/endpoint-states.ts';
import { url } from '../url-dialer/url.ts';
import { startHealthChecks, type HealthChecks, type HealthReport } from './health-check.ts';

const PORT = 'shop/cart:80';

function endpointAt(port: number): Endpoint {
  return {
    address: '127.0.0.1',
    addressType: 'IPv4',
    port,
    ready: true,
    serving: true,
    terminating: false,
  };
}

function snapshotOf(
  ports: readonly number[],
  settings: TrafficSettings = {},
): Pick<Snapshot, 'services'> {
  return {
    services: [
      {
        'shop/cart': {
          namespace: 'shop',
          name: 'cart',
          ports: [{ name: '', port: 80, protocol: 'TCP', endpoints: ports.map(endpointAt) }],
          ipFamilies: ['IPv4'],
          settings: {
            healthPath: '/healthz?full=1',
            healthInterval: 20,
            healthTimeout: 5000,
            unhealthyThreshold: 2,
            healthyThreshold: 2,
            ...settings,
          },
        },
      },
    ],
  };
}

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function serve(handler: http.RequestListener, port = 0): Promise<http.Server> {
  const server = http.createServer(handler).listen(port, '127.0.0.1');
  await once(server, 'listening');
  closing.push(async () => {
    server.closeAllConnections();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  });
  return server;
}

function checkAll(snapshot: () => Pick<Snapshot, 'services'>) {
  const states = createEndpointStates();
  const reports: HealthReport[] = [];
  const checks: HealthChecks = startHealthChecks({
    snapshot,
    dialers: [url()],
    states,
    report: (report) => reports.push(report),
  });
  closing.push(checks.close);
  return {
    reports,
    at: (port: number) => states.unavailability(PORT, endpointAt(port)),
  };
}

const soon = { timeout: 10_000, interval: 10 };

describe('active health checks of real servers', () => {
  it('ask as themselves, for the path, at the endpoint by its own name', async () => {
    const requests: http.IncomingMessage[] = [];
    const port = portOf(
      await serve((request, response) => {
        requests.push(request);
        response.end();
      }),
    );
    checkAll(() => snapshotOf([port]));
    await vi.waitFor(() => expect(requests.length).toBeGreaterThan(2), soon);
    expect(requests[0]).toMatchObject({
      method: 'GET',
      url: '/healthz?full=1',
      headers: { host: `127.0.0.1:${port}`, 'user-agent': 'portolan-health-check' },
    });
  });

  it('find one that fails and recovers, and leave the other alone', async () => {
    let status = 200;
    const failing = portOf(await serve((_, response) => response.writeHead(status).end()));
    const fine = portOf(await serve((_, response) => response.end('fine')));
    const { at, reports } = checkAll(() => snapshotOf([failing, fine]));
    status = 503;
    await vi.waitFor(() => expect(at(failing)).toBe('Unhealthy'), soon);
    status = 200;
    await vi.waitFor(() => expect(at(failing)).toBeUndefined(), soon);
    expect(at(fine)).toBeUndefined();
    expect(reports.map(({ reason }) => reason)).toEqual(['Unhealthy', 'Healthy']);
  });

  it('find one that refuses, and that begins to listen', async () => {
    const port = await freePort();
    const { at, reports } = checkAll(() => snapshotOf([port]));
    await vi.waitFor(() => expect(at(port)).toBe('Unhealthy'), soon);
    expect(reports[0]?.message).toContain('ECONNREFUSED');
    await serve((_, response) => response.end(), port);
    await vi.waitFor(() => expect(at(port)).toBeUndefined(), soon);
  });

  it('find one that does not answer, and one that breaks', async () => {
    const silent = portOf(await serve(() => undefined));
    const breaking = portOf(await serve((request) => request.socket.destroy()));
    const { at } = checkAll(() => snapshotOf([silent, breaking], { healthTimeout: 50 }));
    await vi.waitFor(() => expect(at(silent)).toBe('Unhealthy'), soon);
    await vi.waitFor(() => expect(at(breaking)).toBe('Unhealthy'), soon);
  });

  it('do not follow redirects, and take them for good', async () => {
    const paths = new Set<string | undefined>();
    let requests = 0;
    const port = portOf(
      await serve((request, response) => {
        paths.add(request.url);
        requests += 1;
        response.writeHead(302, { location: '/elsewhere' }).end();
      }),
    );
    const { at } = checkAll(() => snapshotOf([port]));
    await vi.waitFor(() => expect(requests).toBeGreaterThan(3), soon);
    expect([...paths]).toEqual(['/healthz?full=1']);
    expect(at(port)).toBeUndefined();
  });

  it('need no end of the body, and hold no connection for it', async () => {
    const open = new Set<http.ServerResponse>();
    let most = 0;
    let requests = 0;
    const port = portOf(
      await serve((_, response) => {
        requests += 1;
        open.add(response.once('close', () => open.delete(response)));
        most = Math.max(most, open.size);
        response.write('x'.repeat(1000));
      }),
    );
    const { at } = checkAll(() => snapshotOf([port]));
    await vi.waitFor(() => expect(requests).toBeGreaterThan(9), soon);
    expect(most).toBeLessThan(5);
    expect(at(port)).toBeUndefined();
  });

  it('follow the Snapshot', async () => {
    const asked = new Set<number>();
    const listener = (request: http.IncomingMessage, response: http.ServerResponse): void => {
      asked.add(request.socket.localPort ?? 0);
      response.writeHead(500).end();
    };
    const before = portOf(await serve(listener));
    const after = portOf(await serve(listener));
    let snapshot = snapshotOf([before]);
    const { at } = checkAll(() => snapshot);
    await vi.waitFor(() => expect(at(before)).toBe('Unhealthy'), soon);
    expect([...asked]).toEqual([before]);
    snapshot = snapshotOf([after]);
    await vi.waitFor(() => expect(at(after)).toBe('Unhealthy'), soon);
    expect(at(before)).toBeUndefined();
  });

  it('keep no process alive', async () => {
    const port = portOf(await serve((_, response) => response.end()));
    const script = `
      import { createEndpointStates } from ${moduleAt('../endpoint-state/endpoint-states.ts')};
      import { url } from ${moduleAt('../url-dialer/url.ts')};
      import { startHealthChecks } from ${moduleAt('./health-check.ts')};
      const snapshot = ${JSON.stringify(snapshotOf([port], { healthInterval: 60_000 }))};
      startHealthChecks({
        snapshot: () => snapshot,
        dialers: [url()],
        states: createEndpointStates(),
      });
      console.log('started');
    `;
    const node = promisify(execFile);
    const ran = node(process.execPath, ['--input-type=module', '--eval', script], {
      timeout: 30_000,
    });
    await expect(ran).resolves.toMatchObject({ stdout: 'started\n' });
  });
});

function moduleAt(path: string): string {
  return JSON.stringify(new URL(path, import.meta.url).href);
}
