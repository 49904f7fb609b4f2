import { describe, expect, it } from 'vitest';

import { forwardDecision } from '../../test/decision/forward-decision.ts';
import type { Dialled } from '../dialer/dialer.ts';
import { vpcNetwork, type VPCNetworkOptions } from './vpc-network.ts';

const echo = { fetch: async (request: Request): Promise<Response> => new Response(request.url) };

function dial(address: string, options?: VPCNetworkOptions): Dialled {
  return vpcNetwork(echo, options).dial(forwardDecision({ address }));
}

describe('vpcNetwork', () => {
  it.each([
    ['10.244.1.7', 'http://10.244.1.7:8080'],
    ['fd00::7', 'http://[fd00::7]:8080'],
  ])('reaches %s', (address, base) => {
    expect(dial(address)).toMatchObject({ base, keepsHost: false, upgrades: 'fetch' });
  });

  it('reaches a name only where it is listed, since nobody sees where it leads', () => {
    expect(dial('db.internal')).toMatchObject({ unreachable: 'AddressNotAllowed' });
    expect(dial('db.internal', { allowPrivate: ['DB.internal'] })).toMatchObject({
      base: 'http://db.internal:8080',
    });
  });

  it('keeps to the blocks that it is given', () => {
    const cidrs = ['10.244.0.0/16', 'fd00::/8'];
    expect(dial('10.244.255.1', { cidrs })).toHaveProperty('base');
    expect(dial('fd12::1', { cidrs })).toHaveProperty('base');
    const refused = { unreachable: 'AddressNotAllowed' };
    expect(dial('10.245.0.1', { cidrs })).toMatchObject(refused);
    expect(dial('db.internal', { cidrs })).toMatchObject(refused);
    expect(dial('10.244.255.1', { cidrs: [] })).toMatchObject(refused);
  });

  it('judges a name that is an IP address in disguise by the address', () => {
    expect(dial('10.16056321', { cidrs: ['10.244.0.0/16'] })).toMatchObject({
      unreachable: 'AddressNotAllowed',
      message: '10.245.0.1 is in none of 10.244.0.0/16',
    });
    expect(dial('0xa.15991047', { cidrs: ['10.244.0.0/16'] })).toHaveProperty('base');
    expect(dial('1.2.3.4.5')).toMatchObject({ unreachable: 'InvalidAddress' });
  });

  it('does not speak HTTP/2 without TLS', () => {
    const { endpoint, service } = forwardDecision();
    const target = { endpoint, service: { ...service, appProtocol: 'kubernetes.io/h2c' } };
    expect(vpcNetwork(echo).dial(target)).toMatchObject({ unreachable: 'ProtocolNotSupported' });
  });

  it('takes no block that is none', () => {
    expect(() => vpcNetwork(echo, { cidrs: ['10.0.0.0'] })).toThrow('10.0.0.0 is not a CIDR');
  });

  it('sends through the binding', async () => {
    const dialled = dial('10.244.1.7');
    if ('unreachable' in dialled) throw new Error(dialled.unreachable);
    const response = await dialled.fetch(new Request('http://10.244.1.7:8080/a'));
    expect(await response.text()).toBe('http://10.244.1.7:8080/a');
  });
});
