import { DEFAULT_SETTINGS, type HostPolicy } from '@portolan/settings';
import { describe, expect, it } from 'vitest';

import type { Connection } from '../connection/connection.ts';
import { toldHosts } from './host-policy.ts';

const KEEPING = { keepsHost: true, base: 'http://10.244.1.7:8080' };
const NOT_KEEPING = { keepsHost: false, base: 'http://10.244.1.7:8080' };

interface Case {
  readonly hostPolicy?: HostPolicy;
  readonly hostname?: string;
  readonly host?: string;
  readonly forwarded?: Connection['forwarded'];
}

function told(
  by: typeof KEEPING,
  { hostPolicy = 'Preserve', hostname, host = 'shop.example', forwarded }: Case = {},
): object {
  const settings = { ...DEFAULT_SETTINGS, hostPolicy };
  return toldHosts({ hostname, settings }, { host, forwarded }, by);
}

describe('with Preserve', () => {
  it('Host is the one of the client, and X-Forwarded-Host has it too', () => {
    expect(told(KEEPING)).toEqual({ host: 'shop.example', forwardedHost: 'shop.example' });
  });

  it('X-Forwarded-Host alone has it where Host is not kept', () => {
    expect(told(NOT_KEEPING)).toEqual({ forwardedHost: 'shop.example' });
  });
});

describe('with Require', () => {
  it('Host is the one of the client where it is kept', () => {
    const hosts = { host: 'shop.example', forwardedHost: 'shop.example' };
    expect(told(KEEPING, { hostPolicy: 'Require' })).toEqual(hosts);
  });

  it('nothing is sent where it is not', () => {
    expect(told(NOT_KEEPING, { hostPolicy: 'Require' })).toMatchObject({
      status: 502,
      reason: 'HostNotKept',
      message: expect.stringContaining('10.244.1.7:8080 instead of shop.example'),
    });
    const hostname = 'cart.example';
    expect(told(NOT_KEEPING, { hostPolicy: 'Require', hostname })).toMatchObject({
      reason: 'HostNotKept',
    });
  });

  it('all is well where the endpoint has that very name, or the client named none', () => {
    const by = { keepsHost: false, base: 'https://shop.example' };
    expect(told(by, { hostPolicy: 'Require' })).toEqual({ forwardedHost: 'shop.example' });
    expect(told(NOT_KEEPING, { hostPolicy: 'Require', host: '' })).toEqual({ forwardedHost: '' });
  });
});

describe('with Endpoint', () => {
  it('Host is the one of the endpoint, and X-Forwarded-Host has the one of the client', () => {
    expect(told(KEEPING, { hostPolicy: 'Endpoint' })).toEqual({
      host: '10.244.1.7:8080',
      forwardedHost: 'shop.example',
    });
    expect(told(NOT_KEEPING, { hostPolicy: 'Endpoint' })).toEqual({
      forwardedHost: 'shop.example',
    });
  });

  it('Host has no port that is the default', () => {
    const by = { keepsHost: true, base: 'https://[fd00::7]:443' };
    expect(told(by, { hostPolicy: 'Endpoint' })).toMatchObject({ host: '[fd00::7]' });
  });
});

describe('a host that a filter or an ExternalName sets', () => {
  const hostname = 'cart.example';

  it.each<[HostPolicy]>([['Preserve'], ['Require'], ['Endpoint']])(
    'goes before %s',
    (hostPolicy) => {
      expect(told(KEEPING, { hostPolicy, hostname })).toEqual({
        host: hostname,
        forwardedHost: 'shop.example',
      });
    },
  );

  it('is in X-Forwarded-Host where it can not be shown', () => {
    expect(told(NOT_KEEPING, { hostname })).toEqual({ forwardedHost: hostname });
    expect(told({ keepsHost: false, base: 'https://cart.example' }, { hostname })).toEqual({
      forwardedHost: 'shop.example',
    });
  });
});

describe('what a trusted proxy says of the host', () => {
  const forwarded = { hops: ['10.0.0.1'], host: 'www.shop.example' };

  it('is for X-Forwarded-Host alone', () => {
    expect(told(KEEPING, { forwarded })).toEqual({
      host: 'shop.example',
      forwardedHost: 'www.shop.example',
    });
    expect(told(NOT_KEEPING, { forwarded })).toEqual({ forwardedHost: 'www.shop.example' });
    expect(told(KEEPING, { forwarded, hostPolicy: 'Endpoint' })).toEqual({
      host: '10.244.1.7:8080',
      forwardedHost: 'www.shop.example',
    });
  });
});
