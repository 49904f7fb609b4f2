import { objectKey } from '@portolan/core';
import type { Node, Pod, Resource, Service, Workload, WorkloadKind } from '@portolan/core';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { ipv6Address } from './address.ts';
import { planStandIns } from './plan.ts';

const containers = [{ name: 'web', ports: [{ containerPort: 8080 }] }];

describe('planStandIns', () => {
  it('runs a Pod that has no address: at a loopback address, Ready, on a node', () => {
    const plan = planStandIns([pod('web')]);
    expect(plan.pods).toHaveLength(1);
    const [web] = plan.pods;
    const address = web?.status?.podIP ?? '';
    expect(address).toMatch(/^127\.\d+\.\d+\.\d+$/);
    expect(web?.spec).toEqual({ containers, nodeName: 'stand-in' });
    expect(web?.status).toMatchObject({
      phase: 'Running',
      podIPs: [{ ip: address }, { ip: ipv6Address(address) }],
      conditions: [{ type: 'Ready', status: 'True' }],
    });
    expect(plan.servers).toEqual([{ pod: 'default/web', address, port: 8080 }]);
  });

  it('leaves alone a Pod that has an address, and one that has ended', () => {
    const plan = planStandIns([
      pod('real', { status: { podIP: '127.0.0.1' } }),
      pod('dual', { status: { podIPs: [{ ip: 'fd00::1' }] } }),
      pod('done', { status: { phase: 'Succeeded' } }),
      pod('broken', { status: { phase: 'Failed' } }),
    ]);
    expect(plan.pods).toEqual([]);
    expect(plan.servers).toEqual([]);
  });

  it('keeps the Ready condition that a Pod carries', () => {
    const conditions = [{ type: 'Ready', status: 'False' }] as const;
    const plan = planStandIns([pod('web', { status: { phase: 'Pending', conditions } })]);
    expect(plan.pods[0]?.status).toMatchObject({ phase: 'Running', conditions });
  });

  it('gives a Pod with hostNetwork an address of its own, not its node’s', () => {
    const spec = { containers, hostNetwork: true };
    const plan = planStandIns([pod('web', { spec }), pod('db', { spec })]);
    expect(plan.servers[0]?.address).not.toBe(plan.servers[1]?.address);
  });

  it('gives no Pod an address that the resources dial', () => {
    const [server] = planStandIns([pod('web')]).servers;
    const real = pod('real', { status: { podIP: server?.address ?? '' } });
    const [other] = planStandIns([pod('web'), real]).servers;
    expect(other?.pod).toBe('default/web');
    expect(other?.address).not.toBe(server?.address);
  });

  it('puts Pods on the given nodes, and on one named stand-in where there is none', () => {
    expect(planStandIns([]).nodes).toMatchObject([
      {
        metadata: { name: 'stand-in' },
        status: { addresses: [{ type: 'InternalIP', address: '127.0.0.1' }, {}] },
      },
    ]);
    const plan = planStandIns([node('b'), node('a'), workload('Deployment', 'web', 2)]);
    expect(plan.nodes).toEqual([node('a'), node('b')]);
    expect(new Set(plan.pods.map(({ spec }) => spec.nodeName))).toEqual(new Set(['a', 'b']));
  });

  it('opens the ports that Services send to', () => {
    const plan = planStandIns([
      pod('web', { metadata: { name: 'web', labels: { app: 'web' } } }),
      service({ app: 'web' }, 9000),
      service({ app: 'db' }, 5432),
    ]);
    expect(plan.servers.map(({ port }) => port)).toEqual([8080, 9000]);
  });

  it('counts the later of two objects of one kind and name', () => {
    const plan = planStandIns([workload('StatefulSet', 'db', 3), workload('StatefulSet', 'db', 1)]);
    expect(plan.pods.map(objectKey)).toEqual(['default/db-0']);
  });

  it('says which workload a Pod is made for, and nothing of one that is given', () => {
    const plan = planStandIns([workload('StatefulSet', 'db', 2), pod('web')]);
    const owner = { kind: 'StatefulSet', namespace: 'default', name: 'db' };
    expect(plan.owners).toEqual({ 'default/db-0': owner, 'default/db-1': owner });
  });

  it('is plain data', () => {
    const plan = planStandIns([workload('StatefulSet', 'db', 2), pod('web')]);
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  });
});

describe('what is owned', () => {
  const deployment = workload('Deployment', 'web', 2);
  const replicaSet = owned(workload('ReplicaSet', 'web-5d', 2), 'Deployment', 'web');

  it('is a ReplicaSet of a given Deployment, and made once', () => {
    expect(planStandIns([deployment, replicaSet]).pods).toEqual(planStandIns([deployment]).pods);
  });

  it('is not a ReplicaSet whose Deployment is not given', () => {
    expect(planStandIns([replicaSet]).pods).toHaveLength(2);
  });

  it('is a Pod of a given workload, at first or second hand', () => {
    const real = { podIP: '10.0.0.1' };
    const first = owned(pod('web-5d-a', { status: real }), 'ReplicaSet', 'web-5d');
    const second = owned(pod('web-5d-b', {}), 'ReplicaSet', 'web-5d');
    expect(planStandIns([deployment, replicaSet, first]).pods).toHaveLength(1);
    expect(planStandIns([deployment, replicaSet, first, second]).pods.map(objectKey)).toEqual([
      'default/web-5d-b',
    ]);
    expect(planStandIns([replicaSet, first]).pods).toHaveLength(1);
  });

  it('is not a Pod whose owner has the same name in another namespace', () => {
    const elsewhere = pod('web-5d-a', { metadata: { name: 'web-5d-a', namespace: 'other' } });
    const plan = planStandIns([deployment, owned(elsewhere, 'Deployment', 'web')]);
    expect(plan.pods).toHaveLength(3);
  });

  it('is not the Job of a CronJob, which makes no Pods itself', () => {
    const cronJob: Workload = { ...workload('CronJob', 'night', 1) };
    const job = owned(workload('Job', 'night-1', 1), 'CronJob', 'night');
    expect(planStandIns([cronJob, job]).pods).toHaveLength(1);
  });
});

describe('whatever is given', () => {
  const kinds = fc.constantFrom<WorkloadKind>(
    'Deployment',
    'StatefulSet',
    'DaemonSet',
    'ReplicaSet',
    'ReplicationController',
    'Job',
  );
  const workloads = fc.uniqueArray(
    fc.record({
      kind: kinds,
      name: fc.stringMatching(/^[a-c]{1,3}$/),
      replicas: fc.integer({ min: 0, max: 4 }),
    }),
    { maxLength: 12, selector: ({ kind, name }) => `${kind}/${name}` },
  );

  it('no two Pods share a name or an address, and no two servers an address and port', () => {
    fc.assert(
      fc.property(workloads, (records) => {
        const { pods, servers } = planStandIns(resourcesOf(records));
        expect(new Set(pods.map(objectKey)).size).toBe(pods.length);
        const addresses = pods.flatMap(({ status }) => status?.podIPs ?? []).map(({ ip }) => ip);
        expect(new Set(addresses).size).toBe(2 * pods.length);
        const sockets = servers.map(({ address, port }) => `${address}:${port}`);
        expect(new Set(sockets).size).toBe(servers.length);
      }),
      { numRuns: 100 },
    );
  });

  it('the order of the resources does not matter', () => {
    fc.assert(
      fc.property(workloads, (records) => {
        const resources = [node('a'), node('b'), ...resourcesOf(records)];
        expect(planStandIns(resources.toReversed())).toEqual(planStandIns(resources));
      }),
      { numRuns: 100 },
    );
  });

  it('the Pods of one object stay as they are when others come and go', () => {
    fc.assert(
      fc.property(workloads, fc.array(fc.boolean()), (records, kept) => {
        const nodes = [node('a'), node('b')];
        const some = records.filter((_, index) => kept[index] === true);
        const all = planStandIns([...nodes, ...resourcesOf(records)]);
        const fewer = planStandIns([...nodes, ...resourcesOf(some)]);
        expect(all.pods).toEqual(expect.arrayContaining([...fewer.pods]));
        expect(all.servers).toEqual(expect.arrayContaining([...fewer.servers]));
      }),
      { numRuns: 100 },
    );
  });
});

function pod(name: string, rest: Partial<Pod> = {}): Pod {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: { containers }, ...rest };
}

function node(name: string): Node {
  return { apiVersion: 'v1', kind: 'Node', metadata: { name } };
}

function service(selector: Readonly<Record<string, string>>, port: number): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: `to-${port}` },
    spec: { selector, ports: [{ port }] },
  };
}

function workload(kind: WorkloadKind, name: string, replicas: number): Workload {
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name },
    spec: { replicas, parallelism: replicas, template: { spec: { containers } } },
  };
}

function owned<Owned extends Resource>(object: Owned, kind: string, name: string): Owned {
  const ownerReferences = [{ apiVersion: 'apps/v1', kind, name, uid: '1', controller: true }];
  return { ...object, metadata: { ...object.metadata, ownerReferences } };
}

function resourcesOf(
  records: readonly { kind: WorkloadKind; name: string; replicas: number }[],
): readonly Resource[] {
  return records.map(({ kind, name, replicas }) => workload(kind, name, replicas));
}
