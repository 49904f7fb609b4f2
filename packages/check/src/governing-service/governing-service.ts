import { findService } from '@portolan/engine';

import { absentServices } from '../absent-service/absent-service.ts';
import { findingAt } from '../finding/at.ts';
import type { Rule } from '../subject/subject.ts';

/** StatefulSets whose Pods are to be named under a Service that isn't there. */
export const governingServices: Rule = (subject) => {
  const absent = absentServices(subject);
  return subject.podSources.flatMap(({ manifest, namespace }) => {
    const { resource } = manifest;
    if (resource.kind !== 'StatefulSet') return [];
    const { serviceName } = resource.spec;
    if (!serviceName || findService(subject.compiled.snapshot, `${namespace}/${serviceName}`))
      return [];
    const { message, ...rest } = absent(`${namespace}/${serviceName}`);
    const sample = `${resource.metadata.name}-${resource.spec.ordinals?.start ?? 0}.${serviceName}.${namespace}`;
    return findingAt(manifest, 'spec.serviceName', 'GoverningServiceNotFound', {
      message: `${message}: names of single Pods such as ${sample} do not resolve`,
      ...rest,
    });
  });
};
