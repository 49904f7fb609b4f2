import { resourceTypeOf } from '@portolan/store';
import { describe, expect, it } from 'vitest';

import { schemaOf } from '../../openapi/kinds/kinds.ts';
import { PatchError } from '../failure/failure.ts';
import { fieldOf, isList, type JSONObject } from '../json/json.ts';
import { strategicMerge } from './strategic-merge.ts';

function merged(
  apiVersion: string,
  kind: string,
  target: JSONObject,
  patch: JSONObject,
): JSONObject {
  const type = resourceTypeOf({ apiVersion, kind });
  if (type === undefined) throw new Error(`no ${kind}`);
  return strategicMerge(target, patch, schemaOf(type));
}

const ofPod = (target: JSONObject, patch: JSONObject): unknown =>
  merged('v1', 'Pod', { spec: target }, { spec: patch })['spec'];
const ofService = (target: JSONObject, patch: JSONObject): unknown =>
  merged('v1', 'Service', { spec: target }, { spec: patch })['spec'];
const ofDeployment = (target: JSONObject, patch: JSONObject): unknown =>
  merged('apps/v1', 'Deployment', { spec: target }, { spec: patch })['spec'];

describe('a strategic merge patch', () => {
  it('merges maps, and takes away what is null', () => {
    expect(
      merged(
        'v1',
        'Pod',
        { metadata: { labels: { a: '1', b: '2' } } },
        { metadata: { labels: { b: null, c: '3', d: null }, annotations: { e: null, f: '4' } } },
      ),
    ).toEqual({ metadata: { labels: { a: '1', c: '3' }, annotations: { f: '4' } } });
  });

  it('merges containers by name, and their ports, variables and mounts by their own keys', () => {
    const target = {
      containers: [
        {
          name: 'web',
          image: 'web:1',
          env: [{ name: 'A', value: 'a' }],
          ports: [{ containerPort: 80, name: 'http' }],
          volumeMounts: [{ mountPath: '/data', name: 'data' }],
        },
        { name: 'side', image: 'side:1' },
      ],
    };
    const patch = {
      containers: [
        {
          name: 'web',
          image: 'web:2',
          env: [{ name: 'B', value: 'b' }],
          ports: [{ containerPort: 80, hostPort: 80 }],
          volumeMounts: [{ mountPath: '/data', readOnly: true }],
        },
        { name: 'log', image: 'log:1' },
      ],
    };
    expect(ofPod(target, patch)).toEqual({
      containers: [
        {
          name: 'web',
          image: 'web:2',
          env: [
            { name: 'A', value: 'a' },
            { name: 'B', value: 'b' },
          ],
          ports: [{ containerPort: 80, name: 'http', hostPort: 80 }],
          volumeMounts: [{ mountPath: '/data', name: 'data', readOnly: true }],
        },
        { name: 'side', image: 'side:1' },
        { name: 'log', image: 'log:1' },
      ],
    });
  });

  it('replaces lists that have no key, such as tolerations', () => {
    expect(
      ofPod({ tolerations: [{ key: 'a' }, { key: 'b' }] }, { tolerations: [{ key: 'c' }] }),
    ).toEqual({ tolerations: [{ key: 'c' }] });
  });

  it.each([
    [
      'ports of a Service by port',
      () =>
        ofService(
          { ports: [{ port: 80, name: 'a' }] },
          { ports: [{ port: 80, targetPort: 8080 }, { port: 81 }] },
        ),
      { ports: [{ port: 80, name: 'a', targetPort: 8080 }, { port: 81 }] },
    ],
    [
      'host aliases by ip',
      () =>
        ofPod(
          { hostAliases: [{ ip: '10.0.0.1', hostnames: ['a'] }] },
          { hostAliases: [{ ip: '10.0.0.1', hostnames: ['b'] }] },
        ),
      { hostAliases: [{ ip: '10.0.0.1', hostnames: ['b'] }] },
    ],
    [
      'conditions by type',
      () =>
        merged(
          'v1',
          'Node',
          { status: { conditions: [{ type: 'Ready', status: 'False' }] } },
          { status: { conditions: [{ type: 'Ready', status: 'True' }] } },
        ),
      { status: { conditions: [{ type: 'Ready', status: 'True' }] } },
    ],
    [
      'owner references by uid',
      () =>
        merged(
          'v1',
          'Pod',
          { metadata: { ownerReferences: [{ uid: '1', name: 'a' }] } },
          { metadata: { ownerReferences: [{ uid: '2', name: 'b' }] } },
        ),
      {
        metadata: {
          ownerReferences: [
            { uid: '1', name: 'a' },
            { uid: '2', name: 'b' },
          ],
        },
      },
    ],
    [
      'finalizers as a set',
      () =>
        merged(
          'v1',
          'Pod',
          { metadata: { finalizers: ['a', 'b'] } },
          { metadata: { finalizers: ['b', 'c'] } },
        ),
      { metadata: { finalizers: ['a', 'b', 'c'] } },
    ],
    [
      'image pull secrets by name',
      () => ofPod({ imagePullSecrets: [{ name: 'a' }] }, { imagePullSecrets: [{ name: 'b' }] }),
      { imagePullSecrets: [{ name: 'a' }, { name: 'b' }] },
    ],
  ])('merges %s', (_, patched, expected) => {
    expect(patched()).toEqual(expected);
  });

  it('deletes an item by its key', () => {
    const containers = [{ name: 'web' }, { name: 'side' }];
    expect(ofPod({ containers }, { containers: [{ $patch: 'delete', name: 'web' }] })).toEqual({
      containers: [{ name: 'side' }],
    });
  });

  it('replaces a list or a map where it is told to', () => {
    const containers = [{ name: 'web' }, { name: 'side' }];
    expect(ofPod({ containers }, { containers: [{ name: 'one' }, { $patch: 'replace' }] })).toEqual(
      {
        containers: [{ name: 'one' }],
      },
    );
    expect(
      ofPod(
        { securityContext: { runAsUser: 1, fsGroup: 2 } },
        { securityContext: { $patch: 'replace', fsGroup: 3 } },
      ),
    ).toEqual({ securityContext: { fsGroup: 3 } });
    expect(
      ofPod({ securityContext: { runAsUser: 1 } }, { securityContext: { $patch: 'delete' } }),
    ).toEqual({
      securityContext: {},
    });
  });

  it('merges where it is told to, as it does anyway', () => {
    expect(
      ofPod(
        { securityContext: { fsGroup: 2 }, containers: [{ name: 'web', image: 'a' }] },
        {
          securityContext: { $patch: 'merge', runAsUser: 1 },
          containers: [{ $patch: 'merge', name: 'web', tty: true }],
        },
      ),
    ).toEqual({
      securityContext: { fsGroup: 2, runAsUser: 1 },
      containers: [{ name: 'web', image: 'a', tty: true }],
    });
  });

  it('deletes from a list of scalars', () => {
    expect(
      merged(
        'v1',
        'Pod',
        { metadata: { finalizers: ['a', 'b', 'c'] } },
        { metadata: { '$deleteFromPrimitiveList/finalizers': ['b'], finalizers: ['d'] } },
      ),
    ).toEqual({ metadata: { finalizers: ['a', 'c', 'd'] } });
  });

  it('keeps only the fields of a union that are retained', () => {
    const strategy = { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } };
    expect(
      ofDeployment({ strategy }, { strategy: { $retainKeys: ['type'], type: 'Recreate' } }),
    ).toEqual({ strategy: { type: 'Recreate' } });
    expect(
      ofPod(
        { volumes: [{ name: 'data', emptyDir: {} }] },
        {
          volumes: [{ $retainKeys: ['name', 'hostPath'], name: 'data', hostPath: { path: '/d' } }],
        },
      ),
    ).toEqual({ volumes: [{ name: 'data', hostPath: { path: '/d' } }] });
  });

  it('orders items as it is told to, and leaves those that it does not know where they were', () => {
    const target = { containers: ['a', 'x', 'b', 'y', 'c'].map((name) => ({ name })) };
    const order = (...names: readonly string[]): JSONObject => ({
      '$setElementOrder/containers': names.map((name) => ({ name })),
    });
    const names = (patch: JSONObject): string => {
      const containers = fieldOf(ofPod(target, patch), 'containers');
      return isList(containers) ? containers.map((each) => fieldOf(each, 'name')).join('') : '';
    };
    expect(names(order('a', 'b', 'c'))).toBe('axbyc');
    expect(names(order('c', 'b', 'a'))).toBe('xycba');
    expect(names({ ...order('a', 'n', 'b', 'c'), containers: [{ name: 'n' }] })).toBe('axynbc');
  });

  it('carries no directive and no null over into what is new', () => {
    expect(
      ofPod(
        {},
        {
          '$setElementOrder/containers': [{ name: 'web' }],
          containers: [
            {
              name: 'web',
              image: null,
              '$setElementOrder/env': [{ name: 'A' }],
              env: [{ name: 'A' }, { $patch: 'delete', name: 'B' }],
            },
          ],
        },
      ),
    ).toEqual({ containers: [{ name: 'web', env: [{ name: 'A' }] }] });
  });

  it.each([
    [
      { containers: [{ image: 'web' }] },
      'map: {"image":"web"} does not contain declared merge key: name',
    ],
    [
      { containers: [{ $patch: 'spin', name: 'web' }] },
      'unknown patch in a list of maps: {"$patch":"spin","name":"web"}',
    ],
    [{ containers: ['web'] }, 'unknown patch in a list of maps: "web"'],
    [{ securityContext: { $patch: 'spin' } }, 'unknown patch type: "spin" in map'],
    [
      { '$setElementOrder/containers': 'a' },
      'invalid patch format of $setElementOrder/containers: must be a list',
    ],
    [
      { securityContext: { $retainKeys: ['a'], b: 1 } },
      'invalid patch format of retainKeys: "b" is patched and not retained',
    ],
  ])('%j is refused', (patch, message) => {
    const target = { containers: [{ name: 'web' }], securityContext: {} };
    expect(() => ofPod(target, patch)).toThrow(PatchError);
    expect(() => ofPod(target, patch)).toThrow(message);
  });
});
