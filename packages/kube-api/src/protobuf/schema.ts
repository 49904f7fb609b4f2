import type { Field, Message } from './message.ts';

type Fields = Readonly<Record<number, Field>>;

function message(name: string, fields: Fields): Message {
  const entries = Object.entries(fields).map(([number, field]) => [Number(number), field] as const);
  return { name, fields: new Map(entries) };
}

function value(name: string, kind: Field['kind'] = 'string'): Field {
  return { name, kind, shape: 'value' };
}

function pointer(name: string, kind: Field['kind'] = 'string'): Field {
  return { name, kind, shape: 'pointer' };
}

function list(name: string, kind: Field['kind'] = 'string'): Field {
  return { name, kind, shape: 'list' };
}

function map(name: string, kind: Field['kind'] = 'string'): Field {
  return { name, kind, shape: 'map' };
}

/** Kubernetes API reference, TypeMeta v1 meta. */
export const TYPE_META: Message = message('TypeMeta', { 1: value('apiVersion'), 2: value('kind') });

const STATUS: Field = { name: 'status', kind: 'skipped', shape: 'value' };

const OWNER_REFERENCE = message('OwnerReference', {
  1: value('kind'),
  3: value('name'),
  4: value('uid'),
  5: value('apiVersion'),
  6: pointer('controller', 'bool'),
  7: pointer('blockOwnerDeletion', 'bool'),
});

/** Kubernetes API reference, ObjectMeta v1 meta. Managed fields are kept by the server: what a client sends back counts for nothing. */
const METADATA: Field = value(
  'metadata',
  message('ObjectMeta', {
    1: value('name'),
    2: value('generateName'),
    3: value('namespace'),
    5: value('uid'),
    6: value('resourceVersion'),
    7: value('generation', 'int'),
    8: value('creationTimestamp', 'time'),
    9: pointer('deletionTimestamp', 'time'),
    10: pointer('deletionGracePeriodSeconds', 'int'),
    11: map('labels'),
    12: map('annotations'),
    13: list('ownerReferences', OWNER_REFERENCE),
    14: list('finalizers'),
    17: { name: 'managedFields', kind: 'skipped', shape: 'value' },
  }),
);

const LABEL_SELECTOR = message('LabelSelector', {
  1: map('matchLabels'),
  2: list(
    'matchExpressions',
    message('LabelSelectorRequirement', {
      1: value('key'),
      2: value('operator'),
      3: list('values'),
    }),
  ),
});

const CONTAINER = message('Container', {
  1: value('name'),
  2: value('image'),
  3: list('command'),
  4: list('args'),
  5: value('workingDir'),
  6: list(
    'ports',
    message('ContainerPort', {
      1: value('name'),
      2: value('hostPort', 'int'),
      3: value('containerPort', 'int'),
      4: value('protocol'),
      5: value('hostIP'),
    }),
  ),
  7: list('env', message('EnvVar', { 1: value('name'), 2: value('value') })),
  8: value(
    'resources',
    message('ResourceRequirements', {
      1: map('limits', 'quantity'),
      2: map('requests', 'quantity'),
    }),
  ),
  14: value('imagePullPolicy'),
});

const POD_TEMPLATE: Field = value(
  'template',
  message('PodTemplateSpec', {
    1: METADATA,
    2: value(
      'spec',
      message('PodSpec', {
        2: list('containers', CONTAINER),
        3: value('restartPolicy'),
        4: pointer('terminationGracePeriodSeconds', 'int'),
        6: value('dnsPolicy'),
        7: map('nodeSelector'),
        8: value('serviceAccountName'),
        10: value('nodeName'),
        20: list('initContainers', CONTAINER),
      }),
    ),
  }),
);

const DEPLOYMENT = message('Deployment', {
  1: METADATA,
  2: value(
    'spec',
    message('DeploymentSpec', {
      1: pointer('replicas', 'int'),
      2: pointer('selector', LABEL_SELECTOR),
      3: POD_TEMPLATE,
      4: value(
        'strategy',
        message('DeploymentStrategy', {
          1: value('type'),
          2: pointer(
            'rollingUpdate',
            message('RollingUpdateDeployment', {
              1: pointer('maxUnavailable', 'intOrString'),
              2: pointer('maxSurge', 'intOrString'),
            }),
          ),
        }),
      ),
      5: value('minReadySeconds', 'int'),
      6: pointer('revisionHistoryLimit', 'int'),
      7: value('paused', 'bool'),
      9: pointer('progressDeadlineSeconds', 'int'),
    }),
  ),
  3: STATUS,
});

const JOB_SPEC: Field = value(
  'spec',
  message('JobSpec', {
    1: pointer('parallelism', 'int'),
    2: pointer('completions', 'int'),
    3: pointer('activeDeadlineSeconds', 'int'),
    4: pointer('selector', LABEL_SELECTOR),
    5: pointer('manualSelector', 'bool'),
    6: POD_TEMPLATE,
    7: pointer('backoffLimit', 'int'),
    8: pointer('ttlSecondsAfterFinished', 'int'),
  }),
);

const CRON_JOB = message('CronJob', {
  1: METADATA,
  2: value(
    'spec',
    message('CronJobSpec', {
      1: value('schedule'),
      2: pointer('startingDeadlineSeconds', 'int'),
      3: value('concurrencyPolicy'),
      4: pointer('suspend', 'bool'),
      5: value('jobTemplate', message('JobTemplateSpec', { 1: METADATA, 2: JOB_SPEC })),
      6: pointer('successfulJobsHistoryLimit', 'int'),
      7: pointer('failedJobsHistoryLimit', 'int'),
      8: pointer('timeZone'),
    }),
  ),
  3: STATUS,
});

const SERVICE = message('Service', {
  1: METADATA,
  2: value(
    'spec',
    message('ServiceSpec', {
      1: list(
        'ports',
        message('ServicePort', {
          1: value('name'),
          2: value('protocol'),
          3: value('port', 'int'),
          4: pointer('targetPort', 'intOrString'),
          5: value('nodePort', 'int'),
          6: pointer('appProtocol'),
        }),
      ),
      2: map('selector'),
      3: value('clusterIP'),
      4: value('type'),
      5: list('externalIPs'),
      7: value('sessionAffinity'),
      8: value('loadBalancerIP'),
      9: list('loadBalancerSourceRanges'),
      10: value('externalName'),
      11: value('externalTrafficPolicy'),
      12: value('healthCheckNodePort', 'int'),
      13: value('publishNotReadyAddresses', 'bool'),
      17: pointer('ipFamilyPolicy'),
      18: list('clusterIPs'),
      19: list('ipFamilies'),
      20: pointer('allocateLoadBalancerNodePorts', 'bool'),
      21: pointer('loadBalancerClass'),
      22: pointer('internalTrafficPolicy'),
      23: pointer('trafficDistribution'),
    }),
  ),
  3: STATUS,
});

const INGRESS_BACKEND = message('IngressBackend', {
  3: pointer(
    'resource',
    message('TypedLocalObjectReference', {
      1: pointer('apiGroup'),
      2: value('kind'),
      3: value('name'),
    }),
  ),
  4: pointer(
    'service',
    message('IngressServiceBackend', {
      1: value('name'),
      2: value(
        'port',
        message('ServiceBackendPort', { 1: value('name'), 2: value('number', 'int') }),
      ),
    }),
  ),
});

const HTTP_INGRESS_PATH = message('HTTPIngressPath', {
  1: value('path'),
  2: value('backend', INGRESS_BACKEND),
  3: pointer('pathType'),
});

const HTTP_RULE = message('HTTPIngressRuleValue', { 1: list('paths', HTTP_INGRESS_PATH) });

const INGRESS = message('Ingress', {
  1: METADATA,
  2: value(
    'spec',
    message('IngressSpec', {
      1: pointer('defaultBackend', INGRESS_BACKEND),
      2: list('tls', message('IngressTLS', { 1: list('hosts'), 2: value('secretName') })),
      3: list(
        'rules',
        message('IngressRule', {
          1: value('host'),
          2: {
            name: '',
            kind: message('IngressRuleValue', { 1: pointer('http', HTTP_RULE) }),
            shape: 'inline',
          },
        }),
      ),
      4: pointer('ingressClassName'),
    }),
  ),
  3: STATUS,
});

const LEASE = message('Lease', {
  1: METADATA,
  2: value(
    'spec',
    message('LeaseSpec', {
      1: pointer('holderIdentity'),
      2: pointer('leaseDurationSeconds', 'int'),
      3: pointer('acquireTime', 'microTime'),
      4: pointer('renewTime', 'microTime'),
      5: pointer('leaseTransitions', 'int'),
    }),
  ),
});

const REVIEW = message('SelfSubjectAccessReview', {
  1: METADATA,
  2: value(
    'spec',
    message('SelfSubjectAccessReviewSpec', {
      1: pointer(
        'resourceAttributes',
        message('ResourceAttributes', {
          1: value('namespace'),
          2: value('verb'),
          3: value('group'),
          4: value('version'),
          5: value('resource'),
          6: value('subresource'),
          7: value('name'),
        }),
      ),
      2: pointer(
        'nonResourceAttributes',
        message('NonResourceAttributes', { 1: value('path'), 2: value('verb') }),
      ),
    }),
  ),
  3: STATUS,
});

/** What a client may send by protobuf: what `kubectl create` makes, what elects leaders, and what is asked of oneself. */
export const MESSAGES: ReadonlyMap<string, Message> = new Map([
  ['apps/v1 Deployment', DEPLOYMENT],
  [
    'authentication.k8s.io/v1 SelfSubjectReview',
    message('SelfSubjectReview', { 1: METADATA, 2: STATUS }),
  ],
  ['authorization.k8s.io/v1 SelfSubjectAccessReview', REVIEW],
  [
    'authorization.k8s.io/v1 SelfSubjectRulesReview',
    message('SelfSubjectRulesReview', {
      1: METADATA,
      2: value('spec', message('SelfSubjectRulesReviewSpec', { 1: value('namespace') })),
      3: STATUS,
    }),
  ],
  ['batch/v1 CronJob', CRON_JOB],
  ['batch/v1 Job', message('Job', { 1: METADATA, 2: JOB_SPEC, 3: STATUS })],
  ['coordination.k8s.io/v1 Lease', LEASE],
  ['networking.k8s.io/v1 Ingress', INGRESS],
  [
    'v1 ConfigMap',
    message('ConfigMap', {
      1: METADATA,
      2: map('data'),
      3: map('binaryData', 'bytes'),
      4: pointer('immutable', 'bool'),
    }),
  ],
  [
    'v1 Namespace',
    message('Namespace', {
      1: METADATA,
      2: value('spec', message('NamespaceSpec', { 1: list('finalizers') })),
      3: STATUS,
    }),
  ],
  [
    'v1 Secret',
    message('Secret', {
      1: METADATA,
      2: map('data', 'bytes'),
      3: value('type'),
      4: map('stringData'),
      5: pointer('immutable', 'bool'),
    }),
  ],
  ['v1 Service', SERVICE],
]);

/** Kubernetes API reference, DeleteOptions v1 meta: it comes under the version of what is to be deleted. */
export const DELETE_OPTIONS: Message = message('DeleteOptions', {
  1: pointer('gracePeriodSeconds', 'int'),
  2: pointer(
    'preconditions',
    message('Preconditions', { 1: pointer('uid'), 2: pointer('resourceVersion') }),
  ),
  3: pointer('orphanDependents', 'bool'),
  4: pointer('propagationPolicy'),
  5: list('dryRun'),
});
