import { formatFieldError } from '@portolan/core';
import { readResource } from '@portolan/manifests';
import { apiVersionOf, RESOURCE_TYPES, type StoredObject } from '@portolan/store';
import { describe, expect, it } from 'vitest';

import { updateFaults } from './update-faults.ts';

interface Fields {
  readonly metadata?: object;
  readonly [field: string]: unknown;
}

function object(kind: string, { metadata, ...fields }: Fields): StoredObject {
  const type = RESOURCE_TYPES.find((each) => each.kind === kind);
  return {
    ...fields,
    apiVersion: type ? apiVersionOf(type) : '',
    kind,
    metadata: {
      name: 'web',
      ...(type?.namespaced && { namespace: 'shop' }),
      uid: '7d0c5f0e-7b53-4c1e-8f0d-0a9b3c2d1e00',
      creationTimestamp: '2026-01-02T03:04:05Z',
      resourceVersion: '7',
      ...metadata,
    },
  };
}

function said(kind: string, before: Fields, now: Fields): readonly string[] {
  const { resource } = readResource(object(kind, now));
  if (resource === undefined) throw new Error(`this ${kind} is not valid in itself`);
  return updateFaults(resource, object(kind, before)).map(formatFieldError);
}

describe('an update', () => {
  const CONTAINER = { name: 'web', image: 'web:1' };
  const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [CONTAINER] } };
  const never = { ...template, spec: { ...template.spec, restartPolicy: 'Never' } };
  const selector = { matchLabels: { app: 'web' } };
  const other = {
    selector: { matchLabels: { app: 'other' } },
    template: { ...template, metadata: { labels: { app: 'other' } } },
  };
  const IMMUTABLE = 'Forbidden: field is immutable when `immutable` is set';

  it.each<[kind: string, before: Fields, now: Fields, messages: readonly (RegExp | string)[]]>([
    [
      'Deployment',
      { spec: { selector, template } },
      { spec: other },
      [/^spec.selector: Invalid value: .*: field is immutable$/u],
    ],
    [
      'DaemonSet',
      { spec: { selector, template } },
      { spec: other },
      [/^spec.selector: .* field is immutable$/u],
    ],
    [
      'ReplicaSet',
      { spec: { selector, template } },
      { spec: other },
      [/^spec.selector: .* field is immutable$/u],
    ],
    [
      'StatefulSet',
      { spec: { selector, template, serviceName: 'a' } },
      { spec: { selector, template, serviceName: 'b', replicas: 2 } },
      [/^spec: Forbidden: updates to statefulset spec for fields other than 'replicas'/u],
    ],
    [
      'Job',
      { spec: { template: never } },
      { spec: { template: { ...never, metadata: {} }, parallelism: 2 } },
      [/^spec.template: .* field is immutable$/u],
    ],
    [
      'EndpointSlice',
      { addressType: 'IPv4' },
      { addressType: 'IPv6' },
      ['addressType: Invalid value: "IPv6": field is immutable'],
    ],
    [
      'IngressClass',
      { spec: { controller: 'example.com/a' } },
      { spec: { controller: 'example.com/b' } },
      ['spec.controller: Invalid value: "example.com/b": field is immutable'],
    ],
    [
      'Secret',
      { type: 'example.com/a' },
      { type: 'example.com/b' },
      ['type: Invalid value: "example.com/b": field is immutable'],
    ],
    [
      'Secret',
      { immutable: true, data: { a: 'YQ==' } },
      { data: { a: 'Yg==' } },
      [`immutable: ${IMMUTABLE}`, `data: ${IMMUTABLE}`],
    ],
    [
      'ConfigMap',
      { immutable: true, data: { a: '1' } },
      { immutable: true, data: { a: '2' }, binaryData: { b: 'YQ==' } },
      [`data: ${IMMUTABLE}`, `binaryData: ${IMMUTABLE}`],
    ],
    [
      'Pod',
      { spec: { containers: [CONTAINER] } },
      { spec: { containers: [CONTAINER], nodeName: 'a' } },
      [],
    ],
    [
      'Pod',
      { spec: { containers: [CONTAINER], nodeName: 'a' } },
      { spec: { containers: [CONTAINER], nodeName: 'b' } },
      [/^spec: Forbidden: pod updates may not change fields/u],
    ],
    [
      'Pod',
      { spec: { containers: [CONTAINER] } },
      { spec: { containers: [{ ...CONTAINER, command: ['a'] }] } },
      [
        /^spec: Forbidden: pod updates may not change fields other than `spec.containers\[\*\].image`/u,
      ],
    ],
    [
      'Pod',
      { spec: { containers: [CONTAINER] } },
      { spec: { containers: [CONTAINER, { ...CONTAINER, name: 'b' }] } },
      ['spec.containers: Forbidden: pod updates may not add or remove containers'],
    ],
    [
      'Pod',
      { spec: { containers: [CONTAINER], tolerations: [{ key: 'a' }] } },
      { spec: { containers: [CONTAINER] } },
      [
        'spec.tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds',
      ],
    ],
  ])('of a %s from %j to %j is refused', (kind, before, now, messages) => {
    const found = said(kind, before, now);
    expect(found).toHaveLength(messages.length);
    for (const [index, message] of messages.entries()) expect(found[index]).toMatch(message);
  });

  it.each<[kind: string, before: Fields, now: Fields]>([
    ['Deployment', { spec: { selector, template } }, { spec: { selector, template, replicas: 3 } }],
    [
      'StatefulSet',
      { spec: { selector, template } },
      { spec: { selector, template, replicas: 3, minReadySeconds: 1 } },
    ],
    ['Job', { spec: { template: never } }, { spec: { template: never, parallelism: 2 } }],
    ['Secret', { data: { a: 'YQ==' } }, { data: { a: 'Yg==' } }],
    [
      'ConfigMap',
      { immutable: true, data: { a: '1' } },
      { immutable: true, data: { a: '1' }, binaryData: {} },
    ],
    [
      'Pod',
      {
        spec: {
          containers: [CONTAINER],
          tolerations: [{ key: 'a', tolerationSeconds: 1 }],
          terminationGracePeriodSeconds: -1,
        },
      },
      {
        spec: {
          containers: [{ ...CONTAINER, image: 'web:2', ports: [] }],
          tolerations: [{ key: 'b' }, { key: 'a', tolerationSeconds: 2 }],
          activeDeadlineSeconds: 60,
          terminationGracePeriodSeconds: 1,
        },
      },
    ],
  ])('of a %s from %j to %j is fine', (kind, before, now) => {
    expect(said(kind, before, now)).toEqual([]);
  });

  it('may not make another object of it', () => {
    const recreated = { metadata: { uid: 'other', creationTimestamp: '2027-01-01T00:00:00Z' } };
    expect(said('Namespace', {}, recreated)).toEqual([
      'metadata.uid: Invalid value: "other": field is immutable',
      'metadata.creationTimestamp: Invalid value: "2027-01-01T00:00:00Z": field is immutable',
    ]);
  });

  it('adds no finalizer to what is being deleted', () => {
    const deletionTimestamp = '2026-01-02T03:05:05Z';
    const holding = (finalizer: string): Fields => ({
      metadata: { deletionTimestamp, finalizers: [finalizer] },
    });
    expect(said('Namespace', holding('example.com/a'), holding('example.com/b'))).toEqual([
      'metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"example.com/b"}',
    ]);
    expect(said('Namespace', holding('example.com/a'), {})).toEqual([]);
  });
});
