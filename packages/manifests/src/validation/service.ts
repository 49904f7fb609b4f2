import {
  TOPOLOGY_AWARE_HINTS_ANNOTATION,
  TOPOLOGY_MODE_ANNOTATION,
  validateDNS1035Label,
  validateDNS1123Label,
  validateIP,
  validateLabels,
  validateQualifiedName,
} from '@portolan/core';
import type { Service, ServicePort } from '@portolan/core';

import { validateNonSpecialIP } from './address.ts';
import type { Draft } from './draft.ts';
import { duplicate, invalid, invalidEach, required, type FieldErrors } from './field-errors.ts';
import { validateMetadata } from './metadata.ts';
import { validateOneOf } from './one-of.ts';
import { validatePortNumber, validatePortNumberOrName, validateProtocol } from './port.ts';

const MAX_CLIENT_IP_SECONDS = 86_400;

/**
 * The rules that hold for every Service. What is particular to a type, such as whether it needs ports, its addresses and
 * their families, node ports, load balancer and external name, is its plugin's to check.
 */
export function* validateService(service: Draft<Service>): FieldErrors {
  yield* validateMetadata(service.metadata ?? {}, validateDNS1035Label);
  const { [TOPOLOGY_AWARE_HINTS_ANNOTATION]: hints, [TOPOLOGY_MODE_ANNOTATION]: mode } =
    service.metadata?.annotations ?? {};
  if (hints !== undefined && mode !== undefined && hints !== mode) {
    const detail = `must match annotations[${TOPOLOGY_AWARE_HINTS_ANNOTATION}] when both are specified`;
    yield invalid(`metadata.annotations[${TOPOLOGY_MODE_ANNOTATION}]`, mode, detail);
  }
  const { spec = {} } = service;
  const { ports = [], externalIPs = [] } = spec;
  yield* validatePorts(ports);
  yield* validateLabels(spec.selector ?? {}, 'spec.selector');
  yield* validateSessionAffinity(spec);
  yield* validateIPFamilies(spec);
  for (const [index, ip] of externalIPs.entries()) {
    const field = `spec.externalIPs[${index}]`;
    const messages = validateIP(ip);
    yield* messages.length > 0 ? invalidEach(field, ip, messages) : validateNonSpecialIP(ip, field);
  }
  yield* validateDuplicatePorts(ports);
  yield* validateTraffic(spec);
}

type SpecDraft = NonNullable<Draft<Service>['spec']>;

function* validatePorts(ports: readonly Draft<ServicePort>[]): FieldErrors {
  const names = new Set<string>();
  for (const [index, port] of ports.entries()) {
    const field = `spec.ports[${index}]`;
    const { name, appProtocol } = port;
    if (name !== undefined) {
      yield* invalidEach(`${field}.name`, name, validateDNS1123Label(name));
      if (names.has(name)) yield duplicate(`${field}.name`, name);
      names.add(name);
    } else if (ports.length > 1) {
      yield required(`${field}.name`);
    }
    yield* validatePortNumber(port.port ?? 0, `${field}.port`);
    yield* validateProtocol(port.protocol ?? 'TCP', `${field}.protocol`);
    // An absent target port is the port itself.
    yield* validatePortNumberOrName(port.targetPort ?? port.port ?? 0, `${field}.targetPort`);
    if (appProtocol !== undefined) {
      yield* invalidEach(`${field}.appProtocol`, appProtocol, validateQualifiedName(appProtocol));
    }
  }
}

function* validateSessionAffinity(spec: SpecDraft): FieldErrors {
  const { sessionAffinity = 'None', sessionAffinityConfig } = spec;
  yield* validateOneOf(sessionAffinity, ['ClientIP', 'None'], 'spec.sessionAffinity');
  const seconds = sessionAffinityConfig?.clientIP?.timeoutSeconds;
  if (
    sessionAffinity === 'ClientIP' &&
    seconds !== undefined &&
    (seconds <= 0 || seconds > MAX_CLIENT_IP_SECONDS)
  ) {
    const detail = `must be greater than 0 and less than ${MAX_CLIENT_IP_SECONDS}`;
    yield invalid('spec.sessionAffinityConfig.clientIP.timeoutSeconds', seconds, detail);
  }
}

function* validateIPFamilies({ ipFamilies = [], ipFamilyPolicy }: SpecDraft): FieldErrors {
  for (const [index, family] of ipFamilies.entries()) {
    yield* validateOneOf(family, ['IPv4', 'IPv6'], `spec.ipFamilies[${index}]`);
  }
  if (ipFamilyPolicy !== undefined) {
    const policies = ['PreferDualStack', 'RequireDualStack', 'SingleStack'];
    yield* validateOneOf(ipFamilyPolicy, policies, 'spec.ipFamilyPolicy');
  }
}

function* validateDuplicatePorts(ports: readonly Draft<ServicePort>[]): FieldErrors {
  const seen = new Set<string>();
  for (const [index, { protocol: Protocol = 'TCP', port: Port = 0 }] of ports.entries()) {
    const key = `${Protocol}/${Port}`;
    if (seen.has(key)) {
      // The value as Go prints the part of a ServicePort that must be unique.
      const value = { Name: '', Protocol, AppProtocol: null, Port, TargetPort: 0, NodePort: 0 };
      yield duplicate(`spec.ports[${index}]`, value);
    }
    seen.add(key);
  }
}

function* validateTraffic(spec: SpecDraft): FieldErrors {
  const { externalTrafficPolicy, internalTrafficPolicy, trafficDistribution } = spec;
  const policies = ['Cluster', 'Local'];
  if (externalTrafficPolicy !== undefined) {
    yield* validateOneOf(externalTrafficPolicy, policies, 'spec.externalTrafficPolicy');
  }
  if (internalTrafficPolicy !== undefined) {
    yield* validateOneOf(internalTrafficPolicy, policies, 'spec.internalTrafficPolicy');
  }
  if (trafficDistribution !== undefined) {
    const distributions = ['PreferClose', 'PreferSameZone', 'PreferSameNode'];
    yield* validateOneOf(trafficDistribution, distributions, 'spec.trafficDistribution');
  }
}
