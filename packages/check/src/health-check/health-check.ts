import { objectKey } from '@portolan/core';
import { findService } from '@portolan/engine';
import { annotationName } from '@portolan/settings';

import { findingAt } from '../finding/at.ts';
import type { Rule } from '../subject/subject.ts';

/** Health checks that are asked for where nobody carries them out. */
export const healthNotChecked: Rule = ({ target, compiled, manifests }) => {
  if (target !== 'workers') return [];
  return manifests.ofKind('Service').flatMap((manifest) => {
    const path = findService(compiled.snapshot, objectKey(manifest.resource))?.settings?.healthPath;
    if (path === undefined) return [];
    const field = `metadata.annotations[${annotationName('healthPath')}]`;
    return findingAt(manifest, field, 'HealthNotChecked', {
      message: `nobody asks for ${path}: a Worker only runs while it answers a request`,
    });
  });
};
