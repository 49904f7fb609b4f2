import { RESOURCE_TYPES } from '@portolan/store';
import { describe, expect, it } from 'vitest';

import { NOON } from '../../test/harness/harness.ts';
import { tableOf } from './table.ts';

/** What `kubectl get -o wide` shows of an object, by the names of the columns. */
function shown(kind: string, object: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const type = RESOURCE_TYPES.find((each) => each.kind === kind);
  if (type === undefined) throw new Error(kind);
  const url = new URL('http://localhost');
  const table = Object(tableOf({ type, url }, { resourceVersion: '1' }, [object], NOON, true));
  const names: readonly string[] = table.columnDefinitions.map(
    ({ name }: { name: string }) => name,
  );
  return Object.fromEntries(names.map((name, index) => [name, table.rows[0].cells[index]]));
}

const metadata = { name: 'web', creationTimestamp: '2026-11-23T11:55:00Z' };

describe('the columns of Pods', () => {
  const spec = { containers: [{ name: 'a' }, { name: 'b' }], nodeName: 'n1' };

  it('tell of containers where a kubelet does', () => {
    const status = {
      phase: 'Running',
      podIPs: [{ ip: '10.0.0.1' }],
      containerStatuses: [
        {
          name: 'a',
          ready: true,
          restartCount: 2,
          lastState: { terminated: { finishedAt: '2026-11-23T11:00:00Z' } },
        },
        {
          name: 'b',
          ready: false,
          restartCount: 1,
          state: { waiting: { reason: 'CrashLoopBackOff' } },
        },
      ],
    };
    expect(shown('Pod', { metadata, spec, status })).toEqual({
      Name: 'web',
      Ready: '1/2',
      Status: 'CrashLoopBackOff',
      Restarts: '3 (60m ago)',
      Age: '5m',
      IP: '10.0.0.1',
      Node: 'n1',
      'Nominated Node': '<none>',
      'Readiness Gates': '<none>',
    });
  });

  it('tell of the Pod where there is no kubelet', () => {
    const conditions = [{ type: 'Ready', status: 'True' }];
    const status = { phase: 'Running', podIP: '10.0.0.1', conditions };
    expect(shown('Pod', { metadata, spec, status })).toMatchObject({
      Ready: '2/2',
      Status: 'Running',
      Restarts: '0',
      IP: '10.0.0.1',
    });
    expect(shown('Pod', { metadata, spec })).toMatchObject({ Ready: '0/2', Status: 'Pending' });
    // As Services have it.
    expect(shown('Pod', { metadata, spec, status: { podIP: '10.0.0.1' } })).toMatchObject({
      Ready: '2/2',
      Status: 'Running',
    });
  });

  it.each([
    [
      'Terminating',
      { metadata: { ...metadata, deletionTimestamp: 'x' }, status: { phase: 'Running' } },
    ],
    ['Evicted', { status: { phase: 'Failed', reason: 'Evicted' } }],
    [
      'Init:0/1',
      {
        spec: { initContainers: [{ name: 'i' }] },
        status: { initContainerStatuses: [{ name: 'i', state: { running: {} } }] },
      },
    ],
    [
      'Init:Error',
      {
        spec: { initContainers: [{ name: 'i' }] },
        status: {
          initContainerStatuses: [
            { name: 'i', state: { terminated: { reason: 'Error', exitCode: 1 } } },
          ],
        },
      },
    ],
    [
      'ExitCode:3',
      { status: { containerStatuses: [{ name: 'a', state: { terminated: { exitCode: 3 } } }] } },
    ],
    [
      'NotReady',
      {
        status: {
          containerStatuses: [
            { name: 'a', state: { terminated: { exitCode: 0, reason: 'Completed' } } },
            { name: 'b', ready: true, state: { running: {} } },
          ],
        },
      },
    ],
  ])('say %s', (text, object) => {
    expect(shown('Pod', { metadata, spec, ...object })).toMatchObject({ Status: text });
  });
});

describe('the columns of Services', () => {
  it.each([
    ['ClusterIP', { clusterIP: '10.96.0.1' }, {}, '10.96.0.1', '<none>'],
    ['LoadBalancer', { clusterIP: '10.96.0.1' }, {}, '10.96.0.1', '<pending>'],
    [
      'LoadBalancer',
      { externalIPs: ['192.0.2.9'] },
      { loadBalancer: { ingress: [{ ip: '192.0.2.1' }, { hostname: 'lb.example' }] } },
      '<none>',
      '192.0.2.1,lb.example,192.0.2.9',
    ],
    ['ExternalName', { externalName: 'shop.example' }, {}, '<none>', 'shop.example'],
  ])('of type %s tell its addresses', (type, spec, status, inside, outside) => {
    const ports = [{ port: 80 }, { port: 53, protocol: 'UDP', nodePort: 30053 }];
    const service = {
      metadata,
      spec: { type, ports, selector: { b: '2', a: '1' }, ...spec },
      status,
    };
    expect(shown('Service', service)).toEqual({
      Name: 'web',
      Type: type,
      'Cluster-IP': inside,
      'External-IP': outside,
      'Port(s)': '80/TCP,53:30053/UDP',
      Age: '5m',
      Selector: 'a=1,b=2',
    });
  });
});

describe('the columns of other kinds', () => {
  it.each([
    [
      'Ingress',
      {
        spec: {
          ingressClassName: 'edge',
          tls: [{}],
          rules: ['a', 'b', 'c', 'd'].map((host) => ({ host })),
        },
        status: { loadBalancer: { ingress: [{ ip: '192.0.2.1' }] } },
      },
      {
        Class: 'edge',
        Hosts: 'a,b,c + 1 more...',
        Address: '192.0.2.1',
        Ports: '80, 443',
        Age: '5m',
      },
    ],
    ['Ingress', { spec: {} }, { Class: '<none>', Hosts: '*', Address: '', Ports: '80' }],
    [
      'EndpointSlice',
      {
        addressType: 'IPv4',
        ports: [{ port: 80 }, { name: 'x' }, {}],
        endpoints: [{ addresses: ['10.0.0.1'] }, { addresses: ['10.0.0.2'] }],
      },
      { AddressType: 'IPv4', Ports: '80,x,*', Endpoints: '10.0.0.1,10.0.0.2' },
    ],
    ['EndpointSlice', { addressType: 'IPv4' }, { Ports: '<unset>', Endpoints: '<unset>' }],
    [
      'Endpoints',
      { subsets: [{ addresses: [{ ip: '10.0.0.1' }, { ip: 'fd00::1' }], ports: [{ port: 80 }] }] },
      { Endpoints: '10.0.0.1:80,[fd00::1]:80' },
    ],
    [
      'Deployment',
      {
        spec: {
          replicas: 3,
          selector: { matchLabels: { app: 'web' } },
          template: { spec: { containers: [{ name: 'c', image: 'i:1' }] } },
        },
        status: { readyReplicas: 2, updatedReplicas: 3, availableReplicas: 2 },
      },
      {
        Ready: '2/3',
        'Up-to-date': 3,
        Available: 2,
        Containers: 'c',
        Images: 'i:1',
        Selector: 'app=web',
      },
    ],
    ['ReplicaSet', { spec: { replicas: 0 } }, { Desired: 0, Current: 0, Ready: 0 }],
    ['StatefulSet', { spec: {} }, { Ready: '0/1' }],
    [
      'ReplicationController',
      { spec: { selector: { app: 'web' } } },
      { Desired: 1, Selector: 'app=web' },
    ],
    [
      'DaemonSet',
      {
        spec: { template: { spec: { nodeSelector: { disk: 'ssd' } } } },
        status: { desiredNumberScheduled: 2 },
      },
      { Desired: 2, 'Node Selector': 'disk=ssd' },
    ],
    [
      'Job',
      { spec: { completions: 2 }, status: { succeeded: 1, startTime: '2026-11-23T11:58:00Z' } },
      { Status: 'Running', Completions: '1/2', Duration: '2m' },
    ],
    [
      'Job',
      { status: { conditions: [{ type: 'Complete', status: 'True' }] } },
      { Status: 'Complete' },
    ],
    [
      'CronJob',
      { spec: { schedule: '* * * * *', suspend: true }, status: { active: [{}] } },
      {
        Schedule: '* * * * *',
        Timezone: '<none>',
        Suspend: 'True',
        Active: 1,
        'Last Schedule': '<none>',
      },
    ],
    [
      'Node',
      {
        metadata: { ...metadata, labels: { 'node-role.kubernetes.io/edge': '' } },
        spec: { unschedulable: true },
        status: {
          conditions: [{ type: 'Ready', status: 'True' }],
          addresses: [{ type: 'InternalIP', address: '10.0.0.9' }],
          nodeInfo: { kubeletVersion: 'v1.33.0' },
        },
      },
      {
        Status: 'Ready,SchedulingDisabled',
        Roles: 'edge',
        Version: 'v1.33.0',
        'Internal-IP': '10.0.0.9',
        'External-IP': '<none>',
      },
    ],
    ['Namespace', { status: { phase: 'Active' } }, { Status: 'Active' }],
    ['Lease', { spec: { holderIdentity: 'me' } }, { Holder: 'me' }],
    ['ConfigMap', { data: { a: '1' }, binaryData: { b: '' } }, { Data: 2 }],
    ['Secret', { data: { a: '1' } }, { Type: 'Opaque', Data: 1 }],
    [
      'IngressClass',
      {
        spec: {
          controller: 'a.example/b',
          parameters: { kind: 'Config', apiGroup: 'a.example', name: 'x' },
        },
      },
      { Controller: 'a.example/b', Parameters: 'Config.a.example/x' },
    ],
  ])('%s', (kind, object, columns) => {
    expect(shown(kind, { metadata, ...object })).toMatchObject({ Name: 'web', ...columns });
  });

  it('never fail, whatever an object is like', () => {
    const odd = [5, 'x', null, [], [null], { a: 1 }];
    for (const { kind } of RESOURCE_TYPES) {
      for (const value of odd) {
        const object = { metadata: value, spec: value, status: value, data: value, subsets: value };
        expect(() => shown(kind, object)).not.toThrow();
      }
    }
  });
});
