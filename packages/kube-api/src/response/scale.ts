import type { NewObject } from '@portolan/store';

import { numberAt, objectAt, textAt } from '../content/json-object.ts';
import { NONE } from '../table/columns/column.ts';
import { labelSelectorText, labelsText } from '../table/columns/labels-text.ts';

/** What there is to scale of a workload. Kubernetes API reference, Scale v1 autoscaling. */
export function scaleOf({ kind, metadata, spec, status }: NewObject): NewObject {
  const { name, namespace, uid, creationTimestamp } = metadata;
  const resourceVersion = textAt(metadata, 'resourceVersion');
  const labels = objectAt(spec, 'selector');
  const selector =
    kind === 'ReplicationController' ? labelsText(labels) : labelSelectorText(labels);
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: {
      name,
      ...(namespace !== undefined && { namespace }),
      uid,
      ...(resourceVersion !== undefined && { resourceVersion }),
      creationTimestamp,
    },
    // Absent, it is one.
    spec: { replicas: numberAt(spec, 'replicas') ?? 1 },
    status: {
      replicas: numberAt(status, 'replicas') ?? 0,
      ...(selector !== NONE && { selector }),
    },
  };
}
