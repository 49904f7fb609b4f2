import type { FieldError } from '@portolan/core';

import { forbidden, isSame, listAt, valueAt, without } from './unchanged.ts';

const OTHER_FIELDS =
  'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';

const CONTAINERS = ['containers', 'initContainers'];

/**
 * What an update changes of a Pod's spec that may not be changed. The API server's message goes on with a comparison in Go's
 * syntax, which is left out.
 *
 * Source: Kubernetes, `ValidatePodUpdate`.
 */
export function podUpdateFaults(now: unknown, before: unknown): readonly FieldError[] {
  const resized = CONTAINERS.filter(
    (name) => listAt(now, 'spec', name).length !== listAt(before, 'spec', name).length,
  );
  if (resized.length > 0) {
    const detail = 'pod updates may not add or remove containers';
    return resized.map((name) => forbidden(`spec.${name}`, detail));
  }
  const [tolerations, tolerated] = [now, before].map(tolerationsOf);
  const isKept = tolerated?.every((old) => tolerations?.some((each) => isSame(each, old)));
  const detail = 'existing toleration can not be modified except its tolerationSeconds';
  return [
    ...(isKept ? [] : [forbidden('spec.tolerations', detail)]),
    ...(isSame(fixedSpec(unbound(now, before)), fixedSpec(before))
      ? []
      : [forbidden('spec', OTHER_FIELDS)]),
  ];
}

/** Without the node that a Pod on none is bound to. A cluster has a subresource for that, which only its scheduler uses. */
function unbound(now: unknown, before: unknown): unknown {
  const isBound = Boolean(valueAt(before, 'spec', 'nodeName'));
  return isBound ? now : { spec: without(valueAt(now, 'spec'), ['nodeName']) };
}

function tolerationsOf(pod: unknown): readonly unknown[] {
  return listAt(pod, 'spec', 'tolerations').map((each) => without(each, ['tolerationSeconds']));
}

/** What of a Pod's spec never changes. A grace period may become 1 that was negative. */
function fixedSpec(pod: unknown): unknown {
  const containers = CONTAINERS.map((name) => [
    name,
    listAt(pod, 'spec', name).map((container) => without(container, ['image'])),
  ]);
  const spec = valueAt(pod, 'spec');
  const grace = Number(valueAt(spec, 'terminationGracePeriodSeconds') ?? 0);
  return {
    ...without(spec, ['activeDeadlineSeconds', 'tolerations']),
    ...Object.fromEntries(containers),
    ...(grace < 0 && { terminationGracePeriodSeconds: 1 }),
  };
}
