import { hasSelector, objectKey, SERVICE_NAME_LABEL, type ObjectKey } from '@portolan/core';
import { findService } from '@portolan/engine';

import { absentServices } from '../absent-service/absent-service.ts';
import { findingAt, relatedPlace } from '../finding/at.ts';
import type { Rule } from '../subject/subject.ts';

/** Services without a selector that nobody gives endpoints. */
export const servicesWithoutEndpoints: Rule = ({ compiled, manifests }) => {
  const slices = Map.groupBy(
    manifests.ofKind('EndpointSlice'),
    ({ resource: { metadata } }) =>
      `${metadata.namespace ?? 'default'}/${metadata.labels?.[SERVICE_NAME_LABEL]}`,
  );
  return compiled.services.flatMap((service) => {
    const key = objectKey(service);
    const manifest = manifests.find('Service', key);
    const { clusterIP, ports = [] } = service.spec;
    if (manifest === undefined || clusterIP === undefined || ports.length === 0) return [];
    const found = findService(compiled.snapshot, key)?.ports ?? [];
    if (hasSelector(service) || found.some(({ endpoints }) => endpoints.length > 0)) return [];
    const [slice] = slices.get(key) ?? [];
    const given = slice ?? manifests.find('Endpoints', key);
    return findingAt(manifest, 'spec', 'NoEndpointsGiven', {
      message: given
        ? `it has no selector, and ${given.resource.kind} ${given.resource.metadata.name} gives no address for any of its ports: requests get a 503`
        : 'it has no selector, and no EndpointSlice names it: requests get a 503',
      related: given
        ? [relatedPlace(given, 'ports', "its ports need the names of the Service's")]
        : [],
    });
  });
};

/** EndpointSlices and Endpoints of a Service that isn't there. */
export const endpointsWithoutService: Rule = (subject) => {
  const { compiled, manifests } = subject;
  const absent = absentServices(subject);
  const isThere = (key: ObjectKey): boolean => findService(compiled.snapshot, key) !== undefined;
  return [...manifests.ofKind('EndpointSlice'), ...manifests.ofKind('Endpoints')].flatMap(
    (manifest) => {
      const { kind, metadata } = manifest.resource;
      const { namespace = 'default' } = metadata;
      const isSlice = kind === 'EndpointSlice';
      const name = isSlice ? metadata.labels?.[SERVICE_NAME_LABEL] : metadata.name;
      if (name === undefined) {
        return findingAt(manifest, 'metadata.labels', 'EndpointsWithoutService', {
          message: `it names no Service by the label ${SERVICE_NAME_LABEL}, so nobody uses its addresses`,
        });
      }
      if (isThere(`${namespace}/${name}`)) return [];
      const { message, ...rest } = absent(`${namespace}/${name}`);
      const field = isSlice ? `metadata.labels[${SERVICE_NAME_LABEL}]` : 'metadata.name';
      return findingAt(manifest, field, 'EndpointsWithoutService', {
        message: `${message}, so nobody uses these addresses`,
        ...rest,
      });
    },
  );
};
