import {
  objectKey,
  objectReference,
  type Condition,
  type ObjectKey,
  type ObjectReference,
  type Resource,
  type Service,
} from '@portolan/core';
import type { Route } from '@portolan/routing';
import {
  annotationName,
  readSettings,
  type AnnotationFault,
  type TrafficSettings,
} from '@portolan/settings';

import type { Snapshot } from '../snapshot/snapshot.ts';

/** What the annotations `portolan.dev/…` of all objects say. */
export interface AnnotatedSettings {
  readonly ofServices: ReadonlyMap<ObjectKey, TrafficSettings>;
  readonly ofRoutes: Snapshot['routeSettings'];
  /** What is wrong with them. */
  readonly conditions: readonly Condition[];
}

/**
 * Reads the annotations of every object, on whatever kind somebody may have put them, but for Services that are not admitted
 * and Ingresses that no routes are made of.
 *
 * @param resources sorted by kind and key
 */
export function annotatedSettings(
  resources: readonly Resource[],
  services: readonly Service[],
  routes: readonly Route[],
): AnnotatedSettings {
  const annotated = resources.flatMap((resource) => {
    const { settings, faults } = readSettings(resource);
    return settings || faults.length > 0 ? { resource, settings, faults } : [];
  });
  const ofServices = new Map<ObjectKey, TrafficSettings>();
  const ofRoutes: Record<string, TrafficSettings> = {};
  const conditions = templateConditions(resources);
  // A Pod has what its template has, of which it is said already.
  const said = new Set(conditions.map(({ object, message }) => `${object.namespace} ${message}`));
  if (annotated.length === 0) return { ofServices, ofRoutes, conditions };
  const sources = new Set(routes.map(({ source }) => keyOf(source)));
  const admitted = new Set(services.map((service) => keyOf(objectReference(service))));
  for (const { resource, settings, faults } of annotated) {
    const object = objectReference(resource);
    const key = keyOf(object);
    if (resource.kind === 'Ingress' && !sources.has(key)) continue;
    if (resource.kind === 'Service' && !admitted.has(key)) continue;
    if (settings && sources.has(key)) ofRoutes[key] = settings;
    if (settings && resource.kind === 'Service') ofServices.set(objectKey(resource), settings);
    const isNew = ({ message }: AnnotationFault): boolean =>
      resource.kind !== 'Pod' || !said.has(`${object.namespace} ${message}`);
    const more = resource.kind === 'Service' ? besideSessionAffinity(resource, settings) : [];
    conditions.push(...conditionsOf(object, [...faults.filter(isNew), ...more]));
  }
  return { ofServices, ofRoutes, conditions };
}

/** As `Snapshot.routeSettings` has it. */
function keyOf({ kind, namespace, name }: ObjectReference): string {
  return `${kind} ${namespace}/${name}`;
}

function conditionsOf(
  object: ObjectReference,
  faults: readonly AnnotationFault[],
): readonly Condition[] {
  return faults.map((fault) => ({ object, type: 'PartiallyInvalid', status: 'True', ...fault }));
}

function templateConditions(resources: readonly Resource[]): Condition[] {
  return resources.flatMap((resource) => {
    if (!('spec' in resource) || resource.spec === undefined) return [];
    const template = 'template' in resource.spec ? resource.spec.template : undefined;
    if (!template) return [];
    const { faults } = readSettings({ kind: 'Pod', metadata: template.metadata ?? {} });
    return conditionsOf(
      objectReference(resource),
      faults.map((fault) => ({ ...fault, field: `spec.template.${fault.field}` })),
    );
  });
}

/** `sessionAffinity: ClientIP` goes before every policy. */
function besideSessionAffinity(
  { spec: { sessionAffinity } }: Service,
  settings: TrafficSettings = {},
): readonly AnnotationFault[] {
  if (sessionAffinity !== 'ClientIP') return [];
  return (['loadBalancing', 'hashKey'] as const)
    .filter((field) => settings[field] !== undefined)
    .map((field) => ({
      field: `metadata.annotations[${annotationName(field)}]`,
      reason: 'IneffectiveAnnotation',
      message: `${annotationName(field)} has no effect: sessionAffinity: ClientIP goes before it`,
    }));
}
