import {
  matchesSelector,
  selectorFromLabels,
  selectorFromLabelSelector,
  validateDNS1123Subdomain,
} from '@portolan/core';
import type { Labels, LabelSelector, PodTemplate, Workload } from '@portolan/core';

import type { Draft } from './draft.ts';
import { invalid, notSupported, required, type FieldErrors } from './field-errors.ts';
import { validateMetadata } from './metadata.ts';
import { validatePodTemplate } from './pod.ts';

type SpecDraft = Omit<NonNullable<Draft<Workload>['spec']>, 'selector'>;

interface WorkloadDraft<Spec = SpecDraft> extends Pick<Draft<Workload>, 'kind' | 'metadata'> {
  readonly spec?: Spec;
}

interface ReplicatedSpecDraft extends SpecDraft {
  readonly selector?: Draft<LabelSelector>;
}

/** Deployment, StatefulSet, DaemonSet and ReplicaSet: a selector that the template must match, and Pods that stay. */
export function* validateReplicated(draft: WorkloadDraft<ReplicatedSpecDraft>): FieldErrors {
  const { kind = '', metadata = {}, spec = {} } = draft;
  yield* validateMetadata(metadata, validateDNS1123Subdomain);
  yield* validateCount(spec.replicas, 'spec.replicas');
  const { selector, template = {} } = spec;
  if (selector === undefined) {
    yield required('spec.selector');
  } else {
    yield* validateSelector(selector, template, kind);
  }
  yield* validatePodTemplate(template, 'spec.template');
  yield* validateAlwaysRestarted(template);
}

function* validateSelector(
  { matchLabels = {}, matchExpressions = [] }: Draft<LabelSelector>,
  template: Draft<PodTemplate>,
  kind: string,
): FieldErrors {
  const labelSelector = {
    matchLabels,
    matchExpressions: matchExpressions.map(({ key = '', operator = '', values = [] }) => ({
      key,
      operator,
      values,
    })),
  };
  const { selector, errors } = selectorFromLabelSelector(labelSelector, 'spec.selector');
  if (errors) {
    yield* errors;
  } else if (selector.length === 0) {
    // A ReplicaSet's is said to be invalid for a deployment, too.
    const owner = kind === 'ReplicaSet' ? 'deployment' : kind.toLowerCase();
    yield invalid('spec.selector', {}, `empty selector is invalid for ${owner}`);
  } else if (!matchesSelector(selector, template.metadata?.labels ?? {})) {
    yield selectorMismatch(template);
  }
}

interface ReplicationControllerSpecDraft extends SpecDraft {
  readonly selector?: Labels;
}

/** A ReplicationController: its selector is a plain map, which the template's labels stand in for. */
export function* validateReplicationController(
  draft: WorkloadDraft<ReplicationControllerSpecDraft>,
): FieldErrors {
  const { metadata = {}, spec = {} } = draft;
  yield* validateMetadata(metadata, validateDNS1123Subdomain);
  const { template, selector = template?.metadata?.labels ?? {} } = spec;
  if (Object.keys(selector).length === 0) yield required('spec.selector');
  yield* validateCount(spec.replicas, 'spec.replicas');
  if (template === undefined) {
    yield required('spec.template');
    return;
  }
  if (!matchesSelector(selectorFromLabels(selector), template.metadata?.labels ?? {})) {
    yield selectorMismatch(template);
  }
  yield* validatePodTemplate(template, 'spec.template');
  yield* validateAlwaysRestarted(template);
}

export function* validateJob({ metadata = {}, spec = {} }: WorkloadDraft): FieldErrors {
  yield* validateMetadata(metadata, validateDNS1123Subdomain);
  yield* validateJobSpec(spec, 'spec');
}

interface CronJobSpecDraft extends SpecDraft {
  readonly schedule?: string;
}

export function* validateCronJob(draft: WorkloadDraft<CronJobSpecDraft>): FieldErrors {
  const { metadata = {}, spec = {} } = draft;
  yield* validateMetadata(metadata, validateDNS1123Subdomain);
  if ((spec.schedule ?? '') === '') yield required('spec.schedule');
  yield* validateJobSpec(spec.jobTemplate?.spec ?? {}, 'spec.jobTemplate.spec');
}

function* validateJobSpec(
  { parallelism, template = {} }: Pick<SpecDraft, 'parallelism' | 'template'>,
  field: string,
): FieldErrors {
  yield* validateCount(parallelism, `${field}.parallelism`);
  yield* validatePodTemplate(template, `${field}.template`);
  if ((template.spec?.restartPolicy ?? 'Always') === 'Always') {
    yield required(`${field}.template.spec.restartPolicy`, 'valid values: "OnFailure", "Never"');
  }
}

function* validateCount(value: number | undefined, field: string): FieldErrors {
  if (value !== undefined && value < 0) {
    yield invalid(field, value, 'must be greater than or equal to 0');
  }
}

function selectorMismatch(template: Draft<PodTemplate>): ReturnType<typeof invalid> {
  const { labels } = template.metadata ?? {};
  const detail = '`selector` does not match template `labels`';
  return invalid('spec.template.metadata.labels', labels, detail);
}

function* validateAlwaysRestarted({ spec = {} }: Draft<PodTemplate>): FieldErrors {
  const { restartPolicy = 'Always' } = spec;
  if (restartPolicy !== 'Always') {
    yield notSupported('spec.template.spec.restartPolicy', restartPolicy, ['Always']);
  }
}
