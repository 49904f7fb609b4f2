import { describe, expect, it } from 'vitest';

import { serveSettings } from './serve-settings.ts';

const at = (port: number): object => ({ hostname: '127.0.0.1', port });
const NONE = { filename: [] };

describe('what is served', () => {
  it('is HTTP where nobody says what', () => {
    expect(serveSettings(NONE)).toEqual({
      http: at(8080),
      redirectToHTTPS: false,
      nodeAddresses: [],
      clusterIPs: false,
      loadBalancerAddresses: [],
      standIns: false,
      drain: 10_000,
      accessLog: 'failures',
    });
  });

  it('is nothing else where somebody says something', () => {
    expect(serveSettings({ ...NONE, admin: '9090' })).toMatchObject({ admin: at(9090) });
    expect(serveSettings({ ...NONE, admin: '9090' })).not.toHaveProperty('http');
    expect(serveSettings({ ...NONE, nodeAddress: ['127.0.0.1'] })).not.toHaveProperty('http');
    expect(serveSettings({ ...NONE, http: 'off' })).not.toHaveProperty('http');
  });

  it('is by the options, and by the configuration for what they leave out', () => {
    const configuration = { http: '80', https: '443', drain: 1.5, standIns: true, node: 'a' };
    const options = { ...NONE, http: '8080', https: 'off', node: 'b' };
    const settings = serveSettings(options, configuration);
    expect(settings).toMatchObject({ http: at(8080), drain: 1500, standIns: true, node: 'b' });
    expect(settings).not.toHaveProperty('https');
  });

  it('is named where it can not be read', () => {
    expect(() => serveSettings({ ...NONE, dns: 'x' })).toThrow('--dns must be a port');
  });
});
