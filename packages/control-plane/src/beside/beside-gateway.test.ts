import type { Snapshot } from '@portolan/engine';
import { describe, expect, it } from 'vitest';

import { besideGateway } from './beside-gateway.ts';

function snapshot(version: string): Snapshot {
  return {
    format: 4,
    version,
    clusterDomain: 'cluster.local',
    routes: {
      sources: [],
      rules: [],
      actions: [],
      entries: [],
      hosts: [],
      hostDefaultBackends: {},
      defaultBackends: [],
    },
    routeSettings: {},
    services: [],
    frontends: {},
    nodeAddresses: {},
  };
}

/** Who answers a request, and what the gateway was told. */
function served(): {
  readonly ask: (path: string) => Promise<string>;
  readonly swapped: readonly string[];
  readonly publish: (version: string) => void;
  readonly close: () => void;
} {
  const swapped: string[] = [];
  const listeners = new Set<(each: Snapshot) => void>();
  const beside = besideGateway(
    {
      prefix: '/.portolan/kube',
      fetch: () => Promise.resolve(new Response('API')),
      snapshot: () => snapshot('first'),
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    {
      fetch: (_, platform: string) => Promise.resolve(new Response(platform)),
      swap: ({ version }) => swapped.push(version),
    },
  );
  return {
    swapped,
    publish: (version) => listeners.forEach((listener) => listener(snapshot(version))),
    close: beside.close,
    ask: async (path) =>
      (await beside.fetch(new Request(`http://shop.example${path}`), 'gateway')).text(),
  };
}

describe('a request', () => {
  it.each([
    '/.portolan/kube/api/v1',
    '/.portolan/kube/',
    '/.portolan/kube',
    '/x/../.portolan/kube/api',
  ])('to %s is the API’s', async (path) => {
    expect(await served().ask(path)).toBe('API');
  });

  it.each([
    '/',
    '/.portolan/kubectl',
    '/.Portolan/kube/api',
    '/.portolan%2Fkube/api',
    '/%2eportolan/kube/api',
    '//.portolan/kube/api',
    '/.portolan/kube/../shop',
    '/.portolan/kube/%2e%2e/shop',
    '/shop?path=/.portolan/kube/api',
  ])('to %s is the gateway’s', async (path) => {
    expect(await served().ask(path)).toBe('gateway');
  });
});

describe('the gateway', () => {
  it('gets the Snapshot that there is, and each new one until it is closed', () => {
    const { swapped, publish, close } = served();
    publish('second');
    close();
    publish('third');
    expect(swapped).toEqual(['first', 'second']);
  });
});
