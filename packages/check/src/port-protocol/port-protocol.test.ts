import { describe, expect, it } from 'vitest';

import { whyNotHTTP } from './port-protocol.ts';

describe('a port is taken for one that speaks HTTP', () => {
  it.each([
    { port: 9000, appProtocol: 'http' },
    { port: 9000, appProtocol: 'HTTPS' },
    { port: 9000, appProtocol: 'kubernetes.io/ws' },
    { port: 9000, name: 'http' },
    { port: 9000, name: 'admin-https' },
    { port: 9000, name: 'http-metrics' },
    { port: 9000, name: 'web' },
    { port: 80 },
    { port: 443, protocol: 'TCP' },
    { port: 8080, name: 'main' },
  ] as const)('%o', (port) => {
    expect(whyNotHTTP(port)).toBeUndefined();
  });
});

describe('a port is not', () => {
  it.each([
    [{ port: 443, protocol: 'UDP', name: 'https' }, 'port 443 carries UDP'],
    [{ port: 80, protocol: 'SCTP' }, 'port 80 carries SCTP'],
    [{ port: 80, appProtocol: 'redis' }, 'port 80 speaks redis'],
    [{ port: 81, appProtocol: 'kubernetes.io/h2c' }, 'port 81 speaks kubernetes.io/h2c'],
    [{ port: 5432 }, 'nothing says that port 5432 speaks HTTP'],
    [{ port: 5432, name: 'webhook-db' }, 'nothing says that port 5432 speaks HTTP'],
  ] as const)('%o', (port, reason) => {
    expect(whyNotHTTP(port)).toBe(reason);
  });
});
