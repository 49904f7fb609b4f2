import type { IngressBackend } from '@portolan/core';
import type { Backends } from '@portolan/routing';

/**
 * The one backend of a path, or a default backend; none where neither `service` nor `resource` is given.
 *
 * Source: Kubernetes API reference, IngressBackend v1 networking.k8s.io.
 */
export function backendsOf({ service, resource }: IngressBackend, namespace: string): Backends {
  if (service) {
    const port = service.port?.name ?? service.port?.number;
    return [
      {
        group: '',
        kind: 'Service',
        namespace,
        name: service.name,
        ...(port !== undefined && { port }),
        weight: 1,
      },
    ];
  }
  if (resource) {
    const { apiGroup: group = '', kind, name } = resource;
    return [{ group, kind, namespace, name, weight: 1 }];
  }
  return [];
}
