import { describe, expect, it } from 'vitest';

import { applicationProtocol } from './application-protocol.ts';

describe('applicationProtocol', () => {
  it.each([
    [undefined, 'http'],
    ['http', 'http'],
    ['kubernetes.io/ws', 'http'],
    ['example.com/own', 'http'],
    ['https', 'https'],
    ['HTTPS', 'https'],
    ['kubernetes.io/wss', 'https'],
    ['kubernetes.io/h2c', 'h2c'],
    ['grpc', 'h2c'],
    ['constructor', 'http'],
  ])('reads %s as %s', (appProtocol, protocol) => {
    expect(applicationProtocol(appProtocol)).toBe(protocol);
  });
});
