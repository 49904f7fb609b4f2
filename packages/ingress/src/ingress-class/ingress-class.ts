import { compareByCreation, compareByName, INGRESS_CLASS_ANNOTATION } from '@portolan/core';
import type { Condition, Ingress, IngressClass } from '@portolan/core';

import { annotation, IS_DEFAULT_CLASS } from '../annotation/annotation.ts';
import { conditionOf } from '../condition/condition.ts';

/** Which Ingresses are ours; without either option all of them, whatever their class. */
export interface IngressOptions {
  /** Values of `spec.controller`: Ingresses whose IngressClass has one of them are ours. */
  readonly controllers?: readonly string[];
  /** Values of the annotation `kubernetes.io/ingress.class` that are ours although no IngressClass has that name. */
  readonly legacyClasses?: readonly string[];
}

/** Whether an Ingress is ours, and what is to be said of its class. */
export interface Ownership {
  readonly isOurs: boolean;
  readonly condition?: Condition;
}

/**
 * Decides for each Ingress whether it is ours by its class: that in `spec.ingressClassName`, else in the annotation
 * `kubernetes.io/ingress.class`, else the default class.
 *
 * Source: Kubernetes API reference, IngressSpec v1 networking.k8s.io, `ingressClassName`.
 */
export function ownershipByClass(
  classes: readonly IngressClass[],
  options: IngressOptions,
): (ingress: Ingress) => Ownership {
  const byName = new Map(classes.map((each) => [each.metadata.name, each]));
  const defaultName = defaultClass(classes)?.metadata.name;
  const isRestricted = options.controllers !== undefined || options.legacyClasses !== undefined;
  return (ingress) => {
    const named = namedClass(ingress);
    const name = named?.name ?? defaultName;
    const ingressClass = name === undefined ? undefined : byName.get(name);
    if (!isRestricted) {
      const isMissing = named?.isReference === true && ingressClass === undefined;
      return { isOurs: true, ...(isMissing && { condition: classNotFound(ingress, named) }) };
    }
    const isOurs = ingressClass
      ? (options.controllers ?? []).includes(ingressClass.spec?.controller ?? '')
      : named?.isReference === false && (options.legacyClasses ?? []).includes(named.name);
    return isOurs ? { isOurs } : { isOurs, condition: notOurs(ingress, name, named, ingressClass) };
  };
}

interface NamedClass {
  readonly name: string;
  readonly field: string;
  /** It names an IngressClass. What the annotation says need not: it was never formally defined. */
  readonly isReference: boolean;
}

function namedClass(ingress: Ingress): NamedClass | undefined {
  const { ingressClassName } = ingress.spec;
  if (ingressClassName !== undefined) {
    return { name: ingressClassName, field: 'spec.ingressClassName', isReference: true };
  }
  const name = annotation(ingress, INGRESS_CLASS_ANNOTATION);
  if (name === undefined) return undefined;
  return { name, field: `metadata.annotations[${INGRESS_CLASS_ANNOTATION}]`, isReference: false };
}

/**
 * Of several default classes the newest, then the first by name, as the DefaultIngressClass admission plugin has it. One
 * without a time is not created yet, hence newest.
 */
function defaultClass(classes: readonly IngressClass[]): IngressClass | undefined {
  return classes
    .filter((each) => annotation(each, IS_DEFAULT_CLASS) === 'true')
    .toSorted((a, b) => compareByCreation(b, a) || compareByName(a, b))[0];
}

function classNotFound(ingress: Ingress, { name, field }: NamedClass): Condition {
  return conditionOf(ingress, {
    type: 'ResolvedRefs',
    status: 'False',
    reason: 'IngressClassNotFound',
    message: `no IngressClass is called ${JSON.stringify(name)}; the Ingress is served all the same`,
    field,
  });
}

function notOurs(
  ingress: Ingress,
  name: string | undefined,
  named: NamedClass | undefined,
  ingressClass: IngressClass | undefined,
): Condition {
  return conditionOf(ingress, {
    type: 'Accepted',
    status: 'Unknown',
    reason: 'NoMatchingParent',
    message: `left to others: ${whyNotOurs(name, ingressClass)}`,
    ...(named && { field: named.field }),
  });
}

function whyNotOurs(name: string | undefined, ingressClass: IngressClass | undefined): string {
  if (name === undefined) return 'it names no class, and no IngressClass is the default';
  if (ingressClass === undefined) return `no IngressClass is called ${JSON.stringify(name)}`;
  const controller = JSON.stringify(ingressClass.spec?.controller ?? '');
  return `the controller of IngressClass ${name} is ${controller}`;
}
