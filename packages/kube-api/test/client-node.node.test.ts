import { readFile } from 'node:fs/promises';

import {
  ApiException,
  CoreV1Api,
  KubeConfig,
  KubernetesObjectApi,
  makeInformer,
  NetworkingV1Api,
  PatchStrategy,
  setHeaderOptions,
  VersionApi,
  Watch,
  type V1Pod,
} from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { configMap } from './harness/harness.ts';
import { served, type Served } from './served/served.ts';

const namespace = 'shop';

function podOf(name: string, app = 'web'): V1Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels: { app } },
    spec: { containers: [{ name: 'web', ports: [{ containerPort: 8080 }] }] },
    status: { phase: 'Running', podIP: '10.0.0.1' },
  };
}

describe('@kubernetes/client-node', () => {
  let api: Served;
  let config: KubeConfig;
  let core: CoreV1Api;

  beforeAll(async () => {
    api = await served();
    config = new KubeConfig();
    config.loadFromString(await readFile(api.kubeconfig, 'utf8'));
    core = config.makeApiClient(CoreV1Api);
  });
  afterAll(async () => {
    await api.close();
  });

  it('asks for the version', async () => {
    expect(await config.makeApiClient(VersionApi).getCode()).toMatchObject({
      major: '1',
      gitVersion: expect.stringContaining('v1.33'),
    });
  });

  it('creates, reads, replaces, lists and deletes', async () => {
    const created = await core.createNamespacedPod({ namespace, body: podOf('one') });
    expect(created.metadata?.creationTimestamp).toBeInstanceOf(Date);
    const read = await core.readNamespacedPod({ namespace, name: 'one' });
    expect(read).toEqual(created);
    const labels = { app: 'web', tier: 'front' };
    const { metadata: meta } = read;
    if (meta) meta.labels = labels;
    const replace = { namespace, name: 'one', body: read };
    const replaced = await core.replaceNamespacedPod(replace);
    expect(replaced.metadata?.labels).toEqual(labels);
    await expect(core.replaceNamespacedPod(replace)).rejects.toMatchObject({ code: 409 });
    const { items, metadata } = await core.listPodForAllNamespaces({ labelSelector: 'tier=front' });
    expect(items.map((pod) => pod.metadata)).toEqual([replaced.metadata]);
    expect(metadata?.resourceVersion).toMatch(/^\d+$/);
    replaced.status = { phase: 'Failed' };
    const failed = { namespace, name: 'one', body: replaced };
    expect((await core.replaceNamespacedPodStatus(failed)).status?.phase).toBe('Failed');
    await core.deleteNamespacedPod({ namespace, name: 'one' });
    const gone = core.readNamespacedPod({ namespace, name: 'one' });
    await expect(gone).rejects.toBeInstanceOf(ApiException);
    await expect(gone).rejects.toMatchObject({
      code: 404,
      body: expect.stringContaining('pods \\"one\\" not found'),
    });
  });

  it('pages through lists', async () => {
    api.store.commit(Array.from({ length: 7 }, (_, n) => ({ put: configMap(`c${n}`, namespace) })));
    const names: unknown[] = [];
    let next: string | undefined;
    do {
      const rest = next === undefined ? {} : { _continue: next };
      const page = await core.listNamespacedConfigMap({ namespace, limit: 3, ...rest });
      names.push(...page.items.map(({ metadata }) => metadata?.name));
      ({ _continue: next } = page.metadata ?? {});
    } while (next !== undefined);
    expect(names).toEqual(['c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6']);
  });

  it('patches in four ways', async () => {
    await core.createNamespacedPod({ namespace, body: podOf('patched') });
    const patch = async (
      strategy: PatchStrategy,
      body: unknown,
      rest: { fieldManager?: string; force?: boolean } = {},
    ): Promise<V1Pod> =>
      core.patchNamespacedPod(
        { namespace, name: 'patched', body, ...rest },
        setHeaderOptions('Content-Type', strategy),
      );
    await patch(PatchStrategy.MergePatch, { metadata: { labels: { a: '1' } } });
    await patch(PatchStrategy.JsonPatch, [{ op: 'add', path: '/metadata/labels/b', value: '2' }]);
    await patch(PatchStrategy.StrategicMergePatch, {
      spec: { containers: [{ name: 'web', image: 'web:1' }] },
    });
    const applied = await patch(
      PatchStrategy.ServerSideApply,
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'patched', labels: { c: '3' } } },
      { fieldManager: 'test', force: true },
    );
    expect(applied.metadata?.labels).toEqual({ app: 'web', a: '1', b: '2', c: '3' });
    expect(applied.spec?.containers).toMatchObject([
      { name: 'web', image: 'web:1', ports: [{ containerPort: 8080 }] },
    ]);
    expect(applied.metadata?.managedFields).toEqual(
      expect.arrayContaining([expect.objectContaining({ manager: 'test', operation: 'Apply' })]),
    );
  });

  it('handles objects of any kind', async () => {
    const objects = KubernetesObjectApi.makeApiClient(config);
    const ingress = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'web', namespace },
      spec: { defaultBackend: { service: { name: 'web', port: { number: 80 } } } },
    };
    await objects.create(ingress);
    await objects.patch(
      { ...ingress, metadata: { ...ingress.metadata, labels: { a: 'b' } } },
      undefined,
      undefined,
      'test',
      true,
      PatchStrategy.ServerSideApply,
    );
    const networking = config.makeApiClient(NetworkingV1Api);
    const read = await networking.readNamespacedIngress({ namespace, name: 'web' });
    expect(read.metadata?.labels).toEqual({ a: 'b' });
    await objects.delete(ingress);
    expect((await networking.listNamespacedIngress({ namespace })).items).toEqual([]);
  });

  it('watches', async () => {
    const { metadata } = await core.listNamespacedPod({ namespace });
    const events: string[] = [];
    const ended = Promise.withResolvers<unknown>();
    const watch = await new Watch(config).watch(
      `/api/v1/namespaces/${namespace}/pods`,
      { resourceVersion: metadata?.resourceVersion, labelSelector: 'app=watched' },
      (type, object) => {
        events.push(`${type} ${object.metadata.name}`);
      },
      ended.resolve,
    );
    await core.createNamespacedPod({ namespace, body: podOf('seen', 'watched') });
    await core.createNamespacedPod({ namespace, body: podOf('unseen') });
    await core.deleteNamespacedPod({ namespace, name: 'seen' });
    await vi.waitFor(() => expect(events).toEqual(['ADDED seen', 'DELETED seen']));
    watch.abort();
    await ended.promise;
  });

  it('is informed, over restarts of the server, too', async () => {
    const list = async (): ReturnType<CoreV1Api['listNamespacedPod']> =>
      core.listNamespacedPod({ namespace, labelSelector: 'app=informed' });
    const path = `/api/v1/namespaces/${namespace}/pods`;
    const informer = makeInformer(config, path, list, 'app=informed');
    const told: string[] = [];
    for (const verb of ['add', 'update', 'delete'] as const) {
      informer.on(verb, ({ metadata }) => told.push(`${verb} ${metadata?.name}`));
    }
    let errors = 0;
    informer.on('error', () => {
      errors++;
      setTimeout(() => void informer.start(), 50);
    });
    await core.createNamespacedPod({ namespace, body: podOf('first', 'informed') });
    await informer.start();
    await vi.waitFor(() => expect(told).toEqual(['add first']));

    const restarting = api.restart();
    const { metadata, ...rest } = api.store
      .list('pods', namespace)
      .find((pod) => pod.metadata.name === 'first') ?? {
      metadata: { name: '', uid: '', resourceVersion: '', creationTimestamp: '' },
    };
    const kept = { apiVersion: 'v1', kind: 'Pod', ...rest };
    api.store.commit([
      { put: { ...kept, metadata: { ...metadata, name: 'second', uid: 'another' } } },
      { delete: { resource: 'pods', namespace, name: 'first' } },
    ]);
    await restarting;
    await vi.waitFor(
      () => expect(told).toEqual(['add first', 'add second', 'delete first']),
      20_000,
    );
    await core.deleteNamespacedPod({ namespace, name: 'second' });
    await vi.waitFor(() => expect(told.at(-1)).toBe('delete second'), 20_000);
    expect(informer.list()).toEqual([]);
    await informer.stop();
    expect(errors).toBeLessThan(50);
  });
});
