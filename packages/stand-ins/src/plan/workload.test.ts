import type { Node, ObjectMeta, Pod, PodTemplate, Workload, WorkloadKind } from '@portolan/core';
import { describe, expect, it } from 'vitest';

import { templateHash } from './name.ts';
import { makePods } from './workload.ts';

const template: PodTemplate = {
  metadata: { labels: { app: 'web' }, annotations: { note: 'kept' } },
  spec: { containers: [{ name: 'web', ports: [{ containerPort: 80 }] }] },
};
const nodes: readonly Node[] = ['a', 'b', 'c'].map((name) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name },
}));

describe('every workload', () => {
  it('makes Pods in its own namespace, from its template', () => {
    const [pod] = make('ReplicaSet', {});
    expect(pod?.metadata).toMatchObject({ ...template.metadata, namespace: 'shop' });
    expect(pod?.spec.containers).toEqual(template.spec.containers);
    expect(pod?.status).toBeUndefined();
  });

  it('makes one Pod by default, and none for 0 replicas', () => {
    for (const kind of [
      'Deployment',
      'StatefulSet',
      'ReplicaSet',
      'ReplicationController',
    ] as const) {
      expect(make(kind, {})).toHaveLength(1);
      expect(make(kind, { replicas: 0 })).toHaveLength(0);
      expect(make(kind, { replicas: 3 })).toHaveLength(3);
    }
  });

  it('spreads its Pods over the nodes', () => {
    for (const kind of ['Deployment', 'StatefulSet', 'ReplicaSet'] as const) {
      expect(nodeNames(make(kind, { replicas: 3 }))).toEqual(['a', 'b', 'c']);
    }
  });

  it('keeps its first Pods when it grows', () => {
    for (const kind of ['Deployment', 'StatefulSet', 'ReplicaSet'] as const) {
      expect(make(kind, { replicas: 5 }).slice(0, 2)).toEqual(make(kind, { replicas: 2 }));
    }
  });

  it('makes none without a template', () => {
    expect(make('ReplicationController', { template: undefined })).toEqual([]);
  });
});

describe('a Deployment', () => {
  it("names its Pods after itself and the template's hash, which is a label too", () => {
    const hash = templateHash(template);
    const pods = make('Deployment', { replicas: 2 });
    for (const { metadata } of pods) {
      expect(metadata.name).toMatch(new RegExp(`^web-${hash}-[a-z0-9]{5}$`));
      expect(metadata.labels).toEqual({ app: 'web', 'pod-template-hash': hash });
    }
    expect(new Set(names(pods)).size).toBe(2);
  });

  it('replaces all its Pods when the template changes', () => {
    const changed = { ...template, spec: { containers: [{ name: 'web', image: 'web:2' }] } };
    const before = names(make('Deployment', { replicas: 3 }));
    const after = names(make('Deployment', { replicas: 3, template: changed }));
    expect(new Set([...before, ...after]).size).toBe(6);
  });

  it('makes only what the Pods it has leave to make', () => {
    const owned = [given('web-1', {}), given('web-2', {}), given('web-3', {}, 'Failed')];
    expect(make('Deployment', { replicas: 3 }, owned)).toHaveLength(1);
    expect(make('Deployment', { replicas: 1 }, owned)).toHaveLength(0);
  });

  it('does not count Pods that are terminating', () => {
    const leaving = given('web-1', { deletionTimestamp: '2026-01-01T00:00:00Z' });
    expect(make('Deployment', { replicas: 1 }, [leaving])).toHaveLength(1);
  });
});

describe('a ReplicaSet, and a ReplicationController', () => {
  it('name their Pods after themselves', () => {
    for (const kind of ['ReplicaSet', 'ReplicationController'] as const) {
      expect(names(make(kind, {}))[0]).toMatch(/^web-[a-z0-9]{5}$/);
    }
  });
});

describe('a StatefulSet', () => {
  it('numbers its Pods and tells each its number', () => {
    const pods = make('StatefulSet', { replicas: 2, serviceName: 'webs' });
    expect(names(pods)).toEqual(['web-0', 'web-1']);
    expect(pods[1]?.metadata.labels).toEqual({
      app: 'web',
      'apps.kubernetes.io/pod-index': '1',
      'statefulset.kubernetes.io/pod-name': 'web-1',
    });
    expect(pods[1]?.spec).toMatchObject({ hostname: 'web-1', subdomain: 'webs' });
  });

  it('begins at ordinals.start', () => {
    const pods = make('StatefulSet', { replicas: 2, ordinals: { start: 5 } });
    expect(names(pods)).toEqual(['web-5', 'web-6']);
  });

  it('leaves out the numbers that are there already', () => {
    const pods = make('StatefulSet', { replicas: 3 }, [given('web-1', {})]);
    expect(names(pods)).toEqual(['web-0', 'web-2']);
  });
});

describe('a DaemonSet', () => {
  it('makes one Pod for each node, whatever replicas says', () => {
    const pods = make('DaemonSet', { replicas: 7 });
    expect(nodeNames(pods)).toEqual(['a', 'b', 'c']);
    for (const name of names(pods)) expect(name).toMatch(/^web-[a-z0-9]{5}$/);
  });

  it('makes none for a node that has one', () => {
    expect(nodeNames(make('DaemonSet', {}, [given('web-x', {}, 'Running', 'b')]))).toEqual([
      'a',
      'c',
    ]);
  });

  it("keeps a node's Pod when other nodes come", () => {
    const [alone] = makePods(workload('DaemonSet', {}), {
      nodes: nodes.slice(1, 2),
      owned: [],
      taken: new Set(),
    });
    expect(make('DaemonSet', {})[1]).toEqual(alone);
  });
});

describe('a Job', () => {
  it('makes as many Pods as run at once, up to its completions', () => {
    expect(make('Job', {})).toHaveLength(1);
    expect(make('Job', { completions: 5 })).toHaveLength(1);
    expect(make('Job', { parallelism: 3 })).toHaveLength(3);
    expect(make('Job', { parallelism: 3, completions: 2 })).toHaveLength(2);
    expect(make('Job', { parallelism: 0 })).toHaveLength(0);
    expect(make('Job', { parallelism: 3, suspend: true })).toHaveLength(0);
  });

  it('makes none for completions that it has', () => {
    const owned = [given('web-1', {}, 'Succeeded'), given('web-2', {}, 'Succeeded')];
    expect(make('Job', { parallelism: 3, completions: 3 }, owned)).toHaveLength(1);
    expect(make('Job', { completions: 2 }, owned)).toHaveLength(0);
  });

  it('labels its Pods with its name', () => {
    const [pod] = make('Job', {});
    expect(pod?.metadata.name).toMatch(/^web-[a-z0-9]{5}$/);
    expect(pod?.metadata.labels).toEqual({
      app: 'web',
      'batch.kubernetes.io/job-name': 'web',
      'job-name': 'web',
    });
  });

  it('numbers its Pods where it is Indexed', () => {
    const pods = make('Job', { parallelism: 2, completionMode: 'Indexed', completions: 2 });
    expect(names(pods)[1]).toMatch(/^web-1-[a-z0-9]{5}$/);
    expect(pods[1]?.spec.hostname).toBe('web-1');
    expect(pods[1]?.metadata.labels).toMatchObject({
      'batch.kubernetes.io/job-completion-index': '1',
    });
  });
});

describe('a CronJob', () => {
  it('makes no Pod until it fires', () => {
    expect(make('CronJob', {})).toEqual([]);
  });
});

function make(kind: WorkloadKind, spec: object, owned: readonly Pod[] = []): readonly Pod[] {
  const taken = new Set(owned.map(({ metadata }) => `shop/${metadata.name}` as const));
  return makePods(workload(kind, spec), { nodes, owned, taken });
}

function workload(kind: WorkloadKind, spec: object): Workload {
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name: 'web', namespace: 'shop' },
    spec: { template, ...spec },
  };
}

function given(
  name: string,
  metadata: Partial<ObjectMeta>,
  phase: 'Running' | 'Succeeded' | 'Failed' = 'Running',
  nodeName = 'a',
): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'shop', ...metadata },
    spec: { containers: [], nodeName },
    status: { phase },
  };
}

function names(pods: readonly Pod[]): readonly string[] {
  return pods.map(({ metadata }) => metadata.name);
}

function nodeNames(pods: readonly Pod[]): readonly string[] {
  return pods.map(({ spec }) => spec.nodeName ?? '').toSorted();
}
