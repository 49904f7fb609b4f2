import type { Endpoint } from '@portolan/core';
import type { SettingsOptions, Snapshot, SnapshotPort, SnapshotService } from '@portolan/engine';
import { describe, expect, it } from 'vitest';

import { healthTargets } from './health-targets.ts';

function endpoint(address: string, parts: Partial<Endpoint> = {}): Endpoint {
  return {
    address,
    addressType: address.includes(':') ? 'IPv6' : 'IPv4',
    port: 8080,
    ready: true,
    serving: true,
    terminating: false,
    ...parts,
  };
}

function portOf(endpoints: readonly Endpoint[], parts: Partial<SnapshotPort> = {}): SnapshotPort {
  return { name: 'http', port: 80, protocol: 'TCP', endpoints, ...parts };
}

function snapshotOf(
  ports: readonly SnapshotPort[],
  parts: Partial<SnapshotService> = { settings: { healthPath: '/healthz' } },
): Pick<Snapshot, 'services'> {
  return {
    services: [
      { 'shop/cart': { namespace: 'shop', name: 'cart', ports, ipFamilies: ['IPv4'], ...parts } },
    ],
  };
}

function keysOf(
  snapshot: Pick<Snapshot, 'services'>,
  options: SettingsOptions = {},
): readonly string[] {
  return [...healthTargets(snapshot, options).keys()];
}

const draining = { ready: false, serving: true, terminating: true };

describe('the endpoints that are checked', () => {
  it('are all that may be used, on whatever node and in whatever zone', () => {
    const endpoints = [
      endpoint('10.0.0.1', { nodeName: 'n1', hints: { forZones: ['a'] } }),
      endpoint('10.0.0.2', { nodeName: 'n2', hints: { forZones: ['b'] } }),
      endpoint('10.0.0.3', { ready: false, serving: false }),
      endpoint('10.0.0.4', draining),
    ];
    expect(keysOf(snapshotOf([portOf(endpoints)]))).toEqual([
      'shop/cart:80 10.0.0.1:8080',
      'shop/cart:80 10.0.0.2:8080',
    ]);
  });

  it('are those that serve while they terminate where nobody is ready', () => {
    const endpoints = [endpoint('10.0.0.3', { ready: false }), endpoint('10.0.0.4', draining)];
    expect(keysOf(snapshotOf([portOf(endpoints)]))).toEqual(['shop/cart:80 10.0.0.4:8080']);
  });

  it('are those of the IP family that requests use', () => {
    const ports = [portOf([endpoint('10.0.0.1'), endpoint('fd00::1')])];
    const settings = { healthPath: '/healthz' };
    expect(keysOf(snapshotOf(ports, { settings, ipFamilies: ['IPv6', 'IPv4'] }))).toEqual([
      'shop/cart:80 [fd00::1]:8080',
    ]);
  });

  it('are those behind TCP ports, for each port', () => {
    const endpoints = [endpoint('10.0.0.1')];
    const ports = [
      portOf(endpoints),
      portOf(endpoints, { port: 81 }),
      portOf(endpoints, { port: 53, protocol: 'UDP' }),
    ];
    expect(keysOf(snapshotOf(ports))).toEqual([
      'shop/cart:80 10.0.0.1:8080',
      'shop/cart:81 10.0.0.1:8080',
    ]);
  });

  it('are none of a Service without a healthPath, or whose type refuses', () => {
    const ports = [portOf([endpoint('10.0.0.1')])];
    const refusal = { refused: 'ExternalNameNotAllowed', message: 'no' };
    expect(keysOf(snapshotOf(ports, {}))).toEqual([]);
    expect(keysOf(snapshotOf(ports, { settings: { healthPath: '/' }, refusal }))).toEqual([]);
  });

  it('are checked as the Service says, else as options for it, else as options for all', () => {
    const ports = [portOf([endpoint('10.0.0.1')], { appProtocol: 'https' })];
    const options: SettingsOptions = {
      defaults: { healthPath: '/all', healthInterval: 1, healthTimeout: 1 },
      services: { 'shop/cart': { healthTimeout: 2, healthInterval: 2 } },
    };
    const snapshot = snapshotOf(ports, { settings: { healthInterval: 3 } });
    expect([...healthTargets(snapshot, options).values()]).toEqual([
      {
        port: 'shop/cart:80',
        authority: '10.0.0.1:8080',
        endpoint: endpoint('10.0.0.1'),
        service: {
          namespace: 'shop',
          name: 'cart',
          port: 80,
          portName: 'http',
          appProtocol: 'https',
        },
        settings: {
          path: '/all',
          interval: 3,
          timeout: 2,
          healthyThreshold: 2,
          unhealthyThreshold: 3,
        },
      },
    ]);
  });
});
