import type { Service, ServicePort, ServiceSpec } from '../resources/service.ts';

/** The `spec.type` of a Service that names none. */
const DEFAULT_SERVICE_TYPE = 'ClusterIP';

const CLIENT_IP_TIMEOUT_SECONDS = 10800;

/**
 * A Service with the fields filled in that mean the same for every type: `type`, `sessionAffinity` and its timeout, and each
 * port's `protocol` and `targetPort`.
 *
 * Source: Kubernetes API reference, ServiceSpec v1 core.
 */
export function applyCommonDefaults(service: Service): Service {
  const { spec } = service;
  const { sessionAffinityConfig: _, ...rest } = spec;
  const sessionAffinity = spec.sessionAffinity || 'None';
  return {
    ...service,
    spec: {
      ...rest,
      type: serviceType(service),
      sessionAffinity,
      ...(sessionAffinity === 'ClientIP' && { sessionAffinityConfig: clientIPConfig(spec) }),
      ...(spec.ports && { ports: spec.ports.map(portWithDefaults) }),
    },
  };
}

/** `spec.type`, with the default for an absent or empty one. */
export function serviceType(service: Service): string {
  return service.spec.type || DEFAULT_SERVICE_TYPE;
}

function clientIPConfig(spec: ServiceSpec): NonNullable<ServiceSpec['sessionAffinityConfig']> {
  const timeoutSeconds =
    spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? CLIENT_IP_TIMEOUT_SECONDS;
  return { clientIP: { timeoutSeconds } };
}

function portWithDefaults(port: ServicePort): ServicePort {
  return {
    ...port,
    protocol: port.protocol || 'TCP',
    // 0 and the empty string count as absent.
    targetPort: port.targetPort || port.port,
  };
}
