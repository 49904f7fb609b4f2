import { describe, expect, it } from 'vitest';

import { parseManifests } from '../parse/parse-manifests.ts';

const POD_SPEC = {
  serviceAccountName: 'web',
  automountServiceAccountToken: false,
  terminationGracePeriodSeconds: 30,
  nodeSelector: { 'kubernetes.io/os': 'linux' },
  priorityClassName: 'high',
  runtimeClassName: 'gvisor',
  hostAliases: [{ ip: '10.0.0.1', hostnames: ['a'] }],
  dnsConfig: { nameservers: ['10.0.0.1'], options: [{ name: 'ndots', value: '2' }] },
  securityContext: {
    runAsNonRoot: true,
    fsGroup: 1000,
    seccompProfile: { type: 'RuntimeDefault' },
  },
  tolerations: [{ key: 'a', operator: 'Exists', effect: 'NoSchedule', tolerationSeconds: 60 }],
  topologySpreadConstraints: [
    { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: {} },
  ],
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: 'a', operator: 'In', values: ['b'] }] }],
      },
    },
    podAntiAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        { weight: 1, podAffinityTerm: { topologyKey: 'zone', labelSelector: { matchLabels: {} } } },
      ],
    },
  },
  containers: [
    {
      name: 'web',
      image: 'web:1',
      command: ['web'],
      args: ['--verbose'],
      env: [
        { name: 'A', value: 'b' },
        { name: 'B', valueFrom: { secretKeyRef: { name: 's', key: 'k', optional: true } } },
        { name: 'C', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '1m' } } },
      ],
      envFrom: [{ prefix: 'P_', configMapRef: { name: 'c' } }],
      ports: [{ name: 'http', containerPort: 8080, hostPort: 80, hostIP: '10.0.0.1' }],
      resources: { requests: { cpu: 0.5, memory: '64Mi' }, limits: { 'nvidia.com/gpu': 1 } },
      readinessProbe: {
        httpGet: { path: '/', port: 'http', httpHeaders: [{ name: 'a', value: 'b' }] },
        periodSeconds: 5,
      },
      livenessProbe: { grpc: { port: 9090, service: 'health' } },
      startupProbe: { tcpSocket: { port: 8080 } },
      lifecycle: { preStop: { sleep: { seconds: 5 } }, stopSignal: 'SIGTERM' },
      securityContext: { capabilities: { drop: ['ALL'] }, allowPrivilegeEscalation: false },
      volumeMounts: [{ name: 'config', mountPath: '/etc', subPath: 'a', readOnly: true }],
    },
  ],
  volumes: [
    {
      name: 'config',
      configMap: { name: 'c', defaultMode: 420, items: [{ key: 'a', path: 'b' }] },
    },
    { name: 'cache', emptyDir: { medium: 'Memory', sizeLimit: '1Gi' } },
    { name: 'claim', persistentVolumeClaim: { claimName: 'data' } },
    { name: 'all', projected: { sources: [{ serviceAccountToken: { path: 't' } }] } },
    {
      name: 'own',
      ephemeral: {
        volumeClaimTemplate: { spec: { resources: { requests: { storage: '1Gi' } } } },
      },
    },
  ],
};

/** What is said of a CronJob, whose Pods lie deepest, that stamps out Pods of this spec. */
function said(podSpec: unknown): readonly string[] {
  const template = { metadata: { labels: { a: 'b' } }, spec: podSpec };
  const object = {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'a' },
    spec: { schedule: '@daily', jobTemplate: { spec: { backoffLimit: 3, template } } },
  };
  const source = { name: 'a.json', text: JSON.stringify(object) };
  return parseManifests([source]).diagnostics.map(({ message }) => message);
}

/** Every way to put one unknown field into one object of `value`, with the path of that field. */
function* poisoned(value: unknown, path: string): Generator<[path: string, value: unknown]> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      for (const [at, poison] of poisoned(item, `${path}[${index}]`)) {
        yield [at, value.with(index, poison)];
      }
    }
  } else if (typeof value === 'object' && value !== null) {
    yield [`${path}.colour`, { ...value, colour: 'blue' }];
    for (const [key, item] of Object.entries(value)) {
      for (const [at, poison] of poisoned(item, `${path}.${key}`)) {
        yield [at, { ...value, [key]: poison }];
      }
    }
  }
}

/** Maps that hold keys of the user's choice. */
const FREE = /(?:nodeSelector|requests|limits|matchLabels)\.colour$/u;

describe('a Pod template', () => {
  it('may have every field that Kubernetes knows', () => {
    expect(said({ ...POD_SPEC, restartPolicy: 'Never' })).toEqual([]);
  });

  it('has unknown fields found wherever they are', () => {
    const field = 'spec.jobTemplate.spec.template.spec';
    const paths: string[] = [];
    for (const [path, podSpec] of poisoned({ ...POD_SPEC, restartPolicy: 'Never' }, field)) {
      if (FREE.test(path)) continue;
      paths.push(path);
      expect(said(podSpec)).toEqual([`strict decoding error: unknown field "${path}"`]);
    }
    expect(paths).toHaveLength(59);
  });
});
