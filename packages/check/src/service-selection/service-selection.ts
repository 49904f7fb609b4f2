import { objectKey, type Labels, type Service } from '@portolan/core';
import { findService } from '@portolan/engine';

import { findingAt, relatedPlace, type Said } from '../finding/at.ts';
import type { Finding } from '../finding/finding.ts';
import {
  nearestSources,
  type NearestSources,
  type NearMiss,
} from '../nearest-source/nearest-source.ts';
import { fieldOf } from '../pod-source/pod-source.ts';
import { isSelecting } from '../selection/selection.ts';
import { listed } from '../sentence/sentence.ts';
import type { Rule, Subject } from '../subject/subject.ts';

/** Services whose selector fits no Pod and no Pod template, with the nearest miss. */
export const servicesThatSelectNothing: Rule = (subject) => {
  const nearest = nearestSources(subject.podSources);
  const namespaces = new Set(subject.podSources.map(({ namespace }) => namespace));
  return subject.compiled.services
    .filter((service) => isSelecting(service) && !findsAnything(service, subject))
    .flatMap((service) => selectsNothing(service, { subject, nearest, namespaces }) ?? []);
};

/** Labels that controllers add to Pods, with values that nobody knows before. */
const UNKNOWABLE: ReadonlySet<string> = new Set([
  'batch.kubernetes.io/controller-uid',
  'controller-revision-hash',
  'controller-uid',
  'pod-template-hash',
]);

/** Labels that controllers add, with values that are known. No template has them. */
const ADDED: ReadonlySet<string> = new Set([
  'apps.kubernetes.io/pod-index',
  'batch.kubernetes.io/job-name',
  'job-name',
  'statefulset.kubernetes.io/pod-name',
]);

/** Somebody may have given it endpoints by hand. */
function findsAnything(service: Service, { compiled, selection }: Subject): boolean {
  if (selection.sourcesOf(service).length > 0) return true;
  const ports = findService(compiled.snapshot, objectKey(service))?.ports ?? [];
  return ports.some(({ endpoints }) => endpoints.length > 0);
}

interface Looking {
  readonly subject: Subject;
  readonly nearest: NearestSources;
  /** Those that have Pods. */
  readonly namespaces: ReadonlySet<string>;
}

function selectsNothing(service: Service, looking: Looking): Finding | undefined {
  const { subject, nearest, namespaces } = looking;
  const manifest = subject.manifests.find('Service', objectKey(service));
  if (manifest === undefined) return undefined;
  const { namespace = 'default' } = service.metadata;
  const selector = service.spec.selector ?? {};
  const keys = Object.keys(selector);
  if (keys.some((key) => UNKNOWABLE.has(key))) return undefined;
  const near = keys.some((key) => ADDED.has(key))
    ? undefined
    : nearest.inNamespace(namespace, selector);
  const message = namespaces.has(namespace)
    ? `no Pod and no workload of namespace ${namespace} has the labels ${labelsText(selector)}`
    : `these manifests have no Pods in namespace ${namespace}, so ${labelsText(selector)} selects none`;
  const [key, ...others] = near?.missing ?? [];
  const field = key === undefined || others.length > 0 ? 'spec.selector' : `spec.selector[${key}]`;
  const advice = near ? nearMiss(near, selector) : elsewhere(service, looking);
  return findingAt(manifest, field, 'ServiceSelectsNothing', { message, ...advice });
}

function nearMiss(
  { source, missing }: NearMiss,
  selector: Labels,
): Pick<Said, 'related' | 'remedy'> {
  const differences = missing.map((key) =>
    Object.hasOwn(source.labels, key)
      ? `${key}=${source.labels[key]} instead of ${key}=${selector[key]}`
      : `no label ${key}`,
  );
  return {
    remedy: `the nearest is ${source.called}, which has ${listed(differences)}`,
    related: [
      relatedPlace(
        source.manifest,
        fieldOf(source, 'metadata.labels'),
        `labels of ${source.called}`,
      ),
    ],
  };
}

/** What else may be the reason: the Pods are in another namespace, or were left out. */
function elsewhere(
  { metadata: { name, namespace = 'default' }, spec: { selector = {} } }: Service,
  { subject, nearest }: Looking,
): Pick<Said, 'related' | 'remedy'> {
  const other = nearest.anywhere(selector).find((source) => source.namespace !== namespace);
  if (other !== undefined) {
    return {
      remedy: `${other.called} has them, but a Service selects Pods of its own namespace only`,
      related: [relatedPlace(other.manifest, 'metadata.namespace', `${other.called} is here`)],
    };
  }
  const meant = new Set([name, ...Object.values(selector)]);
  const fault = subject.faulty
    .inNamespace(namespace)
    .find((each) => each.kind !== 'Service' && meant.has(each.name));
  if (fault === undefined) return {};
  return {
    remedy: `${fault.kind} ${namespace}/${fault.name} is left out for an error: mend that first`,
    related: [fault.place],
  };
}

/** `app=web,tier=edge`, as `kubectl -l` has it. */
function labelsText(labels: Labels): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}
