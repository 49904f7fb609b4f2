import { objectKey } from '@portolan/core';
import { unsupportedAnnotations, type AnnotatedObject } from '@portolan/ingress';

import { findingAt } from '../finding/at.ts';
import type { Finding } from '../finding/finding.ts';
import { similarNames } from '../similar-name/similar-name.ts';
import type { ManifestOf } from '../subject/manifest-index.ts';
import type { Rule } from '../subject/subject.ts';
import { destinations, type Destination } from './destination.ts';
import { factsOf } from './domains.ts';
import type { Annotated, Fact, Facts } from './fact.ts';

/** Annotations of other controllers, one by one, with what is lost. */
export const annotations: Rule = (subject) => {
  const { ingresses, manifests } = subject;
  const destinationOf = destinations(subject);
  const services = new Set(subject.compiled.services.map(objectKey));
  return [
    ...ingresses,
    ...manifests.ofKind('IngressClass'),
    ...manifests.ofKind('Service').filter(({ resource }) => services.has(objectKey(resource))),
  ].flatMap((manifest) => {
    const { resource } = manifest;
    return unsupportedAnnotations(resource).flatMap(
      (key) => annotationFinding(manifest, key, destinationOf(resource)) ?? [],
    );
  });
};

function annotationFinding(
  manifest: ManifestOf<AnnotatedObject['kind']>,
  key: string,
  destination: Destination,
): Finding | undefined {
  const [domain = '', name = ''] = key.split('/');
  const { resource } = manifest;
  const all = resource.metadata.annotations ?? {};
  const value = all[key] ?? '';
  const field = `metadata.annotations[${key}]`;
  const facts = factsOf(domain);
  const fact = facts && findFact(facts, name);
  if (fact === undefined) {
    const [similar] = similarNames(Object.keys(facts ?? {})).to(name);
    return findingAt(manifest, field, 'AnnotationNotHonoured', {
      message: `${key} is not known here, and nothing is done about it`,
      ...(similar !== undefined && { remedy: `did you mean ${domain}/${similar}?` }),
    });
  }
  const about: Annotated = {
    object: resource,
    sibling: (other) => all[`${domain}/${other}`],
    hasTLS: resource.kind === 'Ingress' && (resource.spec.tls ?? []).length > 0,
    ...destination,
  };
  const loss = fact(value, about);
  if (loss === undefined) return undefined;
  const { severity, lost, isProtection, remedy } = loss;
  return findingAt(manifest, field, 'AnnotationNotHonoured', {
    severity,
    message: `${key} ${isProtection ? 'protects nothing here' : 'is not honoured'}: ${lost}`,
    ...(remedy !== undefined && { remedy }),
  });
}

/** By the whole name, or by the longest beginning of it that has a fact. */
function findFact(facts: Facts, name: string): Fact | undefined {
  if (Object.hasOwn(facts, name)) return facts[name];
  const [longest] = Object.keys(facts)
    .filter((key) => key.endsWith('*') && name.startsWith(key.slice(0, -1)))
    .toSorted((a, b) => b.length - a.length);
  return longest === undefined ? undefined : facts[longest];
}
