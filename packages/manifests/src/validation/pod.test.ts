import { describe, expect, it } from 'vitest';

import { parseManifests } from '../parse/parse-manifests.ts';

function read(text: string): readonly string[] {
  return parseManifests([{ name: 'a.yaml', text }]).diagnostics.map(({ message }) => message);
}

const pod = (spec: string, status = '{}'): readonly string[] =>
  read(`apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: ${spec}\nstatus: ${status}`);

const container = (text: string): readonly string[] =>
  pod(`{containers: [{name: a, image: b, ${text}}]}`);

const CONTAINERS = 'containers: [{name: a, image: b}]';
const TEMPLATE = `template: {metadata: {labels: {app: web}}, spec: {${CONTAINERS}}}`;

const workload = (apiVersion: string, kind: string, spec: string): readonly string[] =>
  read(`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: a}\nspec: ${spec}`);

describe('a Pod', () => {
  it('is fine with containers, ports and an address', () => {
    expect(
      pod(
        '{containers: [{name: a, image: b, ports: [{containerPort: 80, name: http}, {containerPort: 80, protocol: UDP}]}], hostname: web-0, subdomain: web}',
        '{podIP: 127.0.0.1, podIPs: [{ip: 127.0.0.1}], phase: Running}',
      ),
    ).toEqual([]);
  });

  it.each([
    ['ports: [{}]', 'spec.containers[0].ports[0].containerPort: Required value'],
    [
      'ports: [{containerPort: 65536}]',
      'spec.containers[0].ports[0].containerPort: Invalid value: 65536: must be between 1 and 65535, inclusive',
    ],
    [
      'ports: [{containerPort: 1, hostPort: -1}]',
      'spec.containers[0].ports[0].hostPort: Invalid value: -1: must be between 1 and 65535, inclusive',
    ],
    [
      'ports: [{containerPort: 1, name: a}, {containerPort: 2, name: a}]',
      'spec.containers[0].ports[1].name: Duplicate value: "a"',
    ],
    [
      'ports: [{containerPort: 1, name: sixteencharacters}]',
      'spec.containers[0].ports[0].name: Invalid value: "sixteencharacters": must be no more than 15 ',
    ],
    [
      'ports: [{containerPort: 1, protocol: http}]',
      'spec.containers[0].ports[0].protocol: Unsupported value: "http": supported values: "SCTP", "TCP", "UDP"',
    ],
  ])('is refused with a container of %s', (text, message) => {
    expect(container(text)).toEqual([expect.stringContaining(message)]);
  });

  it.each([
    ['{}', 'spec.containers: Required value'],
    ['{containers: [{image: b}]}', 'spec.containers[0].name: Required value'],
    ['{containers: [{name: a}]}', 'spec.containers[0].image: Required value'],
    [
      `{${CONTAINERS}, initContainers: [{name: a, image: b}]}`,
      'spec.initContainers[0].name: Duplicate value: "a"',
    ],
    [
      `{${CONTAINERS}, restartPolicy: Sometimes}`,
      'spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never"',
    ],
    [
      `{${CONTAINERS}, subdomain: a.b}`,
      'spec.subdomain: Invalid value: "a.b": must not contain dots',
    ],
  ])('is refused with %s', (text, message) => {
    expect(pod(text)).toEqual([message]);
  });

  it('is refused with an address that is none', () => {
    expect(pod(`{${CONTAINERS}}`, '{podIP: localhost}')).toEqual([
      'status.podIP: Invalid value: "localhost": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
    ]);
  });
});

describe.each([
  ['Deployment', 'deployment'],
  ['StatefulSet', 'statefulset'],
  ['DaemonSet', 'daemonset'],
  ['ReplicaSet', 'deployment'],
])('a %s', (kind, owner) => {
  const replicated = (spec: string): readonly string[] => workload('apps/v1', kind, spec);

  it('is fine with a selector that its template matches', () => {
    expect(replicated(`{selector: {matchLabels: {app: web}}, ${TEMPLATE}}`)).toEqual([]);
    expect(
      replicated(`{selector: {matchExpressions: [{key: app, operator: Exists}]}, ${TEMPLATE}}`),
    ).toEqual([]);
  });

  it.each([
    [`{${TEMPLATE}}`, 'spec.selector: Required value'],
    [
      `{selector: {}, ${TEMPLATE}}`,
      `spec.selector: Invalid value: {}: empty selector is invalid for ${owner}`,
    ],
    [
      `{selector: {matchLabels: {app: api}}, ${TEMPLATE}}`,
      'spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`',
    ],
    [
      `{selector: {matchExpressions: [{}]}, ${TEMPLATE}}`,
      'spec.selector.matchExpressions[0].operator: Invalid value: "": not a valid selector operator',
    ],
    [
      `{selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}}}`,
      'spec.template.spec.containers: Required value',
    ],
    [
      `{selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {${CONTAINERS}, restartPolicy: Never}}}`,
      'spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"',
    ],
  ])('is refused with %s', (spec, message) => {
    expect(replicated(spec)).toContain(message);
  });
});

describe('other workloads', () => {
  it('a ReplicationController takes its selector from its template', () => {
    expect(workload('v1', 'ReplicationController', `{${TEMPLATE}}`)).toEqual([]);
    expect(workload('v1', 'ReplicationController', '{selector: {app: web}}')).toEqual([
      'spec.template: Required value',
    ]);
    expect(workload('v1', 'ReplicationController', `{selector: {app: api}, ${TEMPLATE}}`)).toEqual([
      'spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`',
    ]);
  });

  it('a Job needs a restart policy that lets it end', () => {
    const spec = (policy: string): string =>
      `{template: {spec: {${CONTAINERS}, restartPolicy: ${policy}}}}`;
    expect(workload('batch/v1', 'Job', spec('Never'))).toEqual([]);
    expect(workload('batch/v1', 'Job', spec('Always'))).toEqual([
      'spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"',
    ]);
  });

  it('a CronJob needs a schedule, too', () => {
    const job = `jobTemplate: {spec: {template: {spec: {${CONTAINERS}}}}}`;
    expect(workload('batch/v1', 'CronJob', `{${job}}`)).toEqual([
      'spec.schedule: Required value',
      'spec.jobTemplate.spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"',
    ]);
  });

  it('replicas are not negative', () => {
    expect(
      workload(
        'apps/v1',
        'Deployment',
        `{replicas: -1, selector: {matchLabels: {app: web}}, ${TEMPLATE}}`,
      ),
    ).toEqual(['spec.replicas: Invalid value: -1: must be greater than or equal to 0']);
  });
});
