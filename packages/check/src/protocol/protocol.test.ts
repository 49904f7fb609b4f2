import { describe, expect, it } from 'vitest';

import { documents, ingress, path, rule, service, told } from '../../test/manifests.ts';

const CODE = 'ProtocolNotCarried';
const HOSTS = ['node', 'deno', 'bun'] as const;

function at(port: object, spec: object = {}): string {
  return documents(service('web', { type: 'NodePort', ports: [port], ...spec }));
}

describe('SCTP', () => {
  it('is carried nowhere', () => {
    const text = at({ port: 3868, protocol: 'SCTP' });
    for (const target of [undefined, 'workers', ...HOSTS] as const) {
      expect(told(CODE, text, { target })).toEqual([
        {
          at: expect.stringMatching(/^"protocol":"SCTP"/u),
          severity: 'warning',
          field: 'spec.ports[0].protocol',
          message: 'nothing listens at SCTP port 3868: no runtime here speaks SCTP',
        },
      ]);
    }
  });

  it('of a headless Service is between its clients and the Pods', () => {
    expect(
      told(CODE, at({ port: 3868, protocol: 'SCTP' }, { type: 'ClusterIP', clusterIP: 'None' })),
    ).toEqual([]);
  });
});

describe('UDP', () => {
  const port = { port: 53, protocol: 'UDP' };

  it.each(HOSTS)('is carried by the host for %s', (target) => {
    expect(told(CODE, at(port), { target })).toEqual([]);
  });

  it('never arrives at a Worker', () => {
    expect(told(CODE, at(port), { target: 'workers' })).toEqual([
      {
        at: expect.stringMatching(/^"protocol":"UDP"/u),
        severity: 'warning',
        field: 'spec.ports[0].protocol',
        message: 'nothing listens at UDP port 53: a Worker listens for HTTP only',
        remedy: 'a host carries UDP: portolan serve',
      },
    ]);
  });

  it('that is for the inside of the cluster alone is a notice there', () => {
    const inside = at(port, { type: 'ClusterIP' });
    expect(told(CODE, inside, { target: 'workers' })).toMatchObject([{ severity: 'notice' }]);
  });

  it('is not spoken of where it is not said where it is to run', () => {
    expect(told(CODE, at(port))).toEqual([]);
  });
});

describe('TCP at a Worker', () => {
  const target = 'workers';

  it('is HTTP, which a port that clients outside come to may not say', () => {
    expect(told(CODE, at({ port: 5432 }), { target })).toEqual([
      {
        at: expect.stringMatching(/^"port":5432|^\{"port":5432/u),
        severity: 'notice',
        field: 'spec.ports[0]',
        message: 'a Worker listens for HTTP only, and nothing says that port 5432 speaks HTTP',
        remedy: 'where it does, say so by appProtocol: http',
      },
    ]);
    expect(told(CODE, at({ port: 5432, appProtocol: 'postgresql' }), { target })).toMatchObject([
      { message: 'a Worker listens for HTTP only, and port 5432 speaks postgresql' },
    ]);
  });

  it('is looked for at a load balancer that has no address yet', () => {
    const waiting = at(
      { port: 5432 },
      { type: 'LoadBalancer', allocateLoadBalancerNodePorts: false },
    );
    expect(told(CODE, waiting, { target })).toHaveLength(1);
  });

  it('may be whatever it is where nobody comes from outside, or where a route leads', () => {
    expect(told(CODE, at({ port: 5432 }, { type: 'ClusterIP' }), { target })).toEqual([]);
    const routes = ingress('web', {
      rules: [rule('shop.example', path('/', { port: { number: 3000 } }))],
    });
    expect(told(CODE, documents(at({ port: 3000 }), routes), { target })).toEqual([]);
    expect(told(CODE, at({ port: 80 }), { target })).toEqual([]);
  });

  it('is what the hosts carry, whatever it is', () => {
    for (const host of HOSTS) expect(told(CODE, at({ port: 5432 }), { target: host })).toEqual([]);
  });

  it('that needs HTTP/2 without TLS is spoken of by the dialers', () => {
    expect(told(CODE, at({ port: 81, appProtocol: 'grpc' }), { target })).toEqual([]);
  });
});
