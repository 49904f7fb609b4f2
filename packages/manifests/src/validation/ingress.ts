import {
  INGRESS_CLASS_ANNOTATION,
  parseIP,
  validateDNS1035Label,
  validateDNS1123Subdomain,
  validatePortName,
  validateWildcardDNS1123Subdomain,
} from '@portolan/core';
import type { HTTPIngressPath, Ingress, IngressBackend, IngressRule } from '@portolan/core';

import type { Draft } from './draft.ts';
import { invalid, invalidEach, notSupported, required, type FieldErrors } from './field-errors.ts';
import { validateMetadata } from './metadata.ts';
import { validatePathSegment } from './path-segment.ts';
import { validatePortNumber } from './port.ts';

/** Source: Kubernetes API reference, Ingress v1 networking.k8s.io, as it is validated when it is created. */
export function* validateIngress({ metadata = {}, spec = {} }: Draft<Ingress>): FieldErrors {
  yield* validateMetadata(metadata, validateDNS1123Subdomain);
  const { rules = [], tls = [], defaultBackend, ingressClassName } = spec;
  if (rules.length === 0 && defaultBackend === undefined) {
    const detail = 'either `defaultBackend` or `rules` must be specified';
    yield invalid('spec', spec.rules, detail);
  }
  if (defaultBackend) yield* validateBackend(defaultBackend, 'spec.defaultBackend');
  for (const [index, rule] of rules.entries()) {
    yield* validateRule(rule, `spec.rules[${index}]`);
  }
  for (const [index, { hosts = [], secretName }] of tls.entries()) {
    const field = `spec.tls[${index}]`;
    for (const [at, host] of hosts.entries()) {
      yield* invalidEach(`${field}.hosts[${at}]`, host, validateHost(host));
    }
    if (secretName !== undefined) {
      yield* invalidEach(`${field}.secretName`, secretName, validateDNS1123Subdomain(secretName));
    }
  }
  if (ingressClassName === undefined) return;
  const faults = validateDNS1123Subdomain(ingressClassName);
  yield* invalidEach('spec.ingressClassName', ingressClassName, faults);
  const annotation = metadata.annotations?.[INGRESS_CLASS_ANNOTATION];
  if (annotation !== undefined && annotation !== ingressClassName) {
    const detail = 'must match `ingressClassName` when both are specified';
    yield invalid(`annotations.${INGRESS_CLASS_ANNOTATION}`, annotation, detail);
  }
}

function validateHost(host: string): readonly string[] {
  return host.includes('*')
    ? validateWildcardDNS1123Subdomain(host)
    : validateDNS1123Subdomain(host);
}

function* validateRule({ host, http }: Draft<IngressRule>, field: string): FieldErrors {
  if (host !== undefined) {
    if (parseIP(host)) {
      yield invalid(`${field}.host`, host, 'must be a DNS name, not an IP address');
    }
    yield* invalidEach(`${field}.host`, host, validateHost(host));
  }
  if (http === undefined) return;
  const { paths = [] } = http;
  if (paths.length === 0) yield required(`${field}.http.paths`);
  for (const [index, path] of paths.entries()) {
    yield* validateRulePath(path, `${field}.http.paths[${index}]`);
  }
}

function* validateRulePath(rulePath: Draft<HTTPIngressPath>, field: string): FieldErrors {
  const { path = '', pathType } = rulePath;
  switch (pathType) {
    case undefined:
      yield required(`${field}.pathType`, 'pathType must be specified');
      return;
    case 'Exact':
    case 'Prefix':
      yield* invalidEach(`${field}.path`, path, validateURLPath(path));
      break;
    case 'ImplementationSpecific':
      if (path !== '' && !path.startsWith('/')) {
        yield invalid(`${field}.path`, path, 'must be an absolute path');
      }
      break;
    default: {
      const supported = ['Exact', 'ImplementationSpecific', 'Prefix'];
      yield notSupported(`${field}.pathType`, pathType, supported);
    }
  }
  yield* validateBackend(rulePath.backend ?? {}, `${field}.backend`);
}

function validateURLPath(path: string): readonly string[] {
  return [
    ...(path.startsWith('/') ? [] : ['must be an absolute path']),
    ...['//', '/./', '/../', '%2f', '%2F']
      .filter((sequence) => path.includes(sequence))
      .map((sequence) => `must not contain '${sequence}'`),
    ...['/..', '/.']
      .filter((suffix) => path.endsWith(suffix))
      .map((suffix) => `cannot end with '${suffix}'`),
  ];
}

function* validateBackend(
  { service, resource }: Draft<IngressBackend>,
  field: string,
): FieldErrors {
  if (service && resource) {
    yield invalid(field, '', 'cannot set both resource and service backends');
  } else if (resource) {
    yield* validateReference(resource, `${field}.resource`);
  } else if (service) {
    yield* validateServiceBackend(service, field);
  } else {
    yield invalid(field, '', 'resource or service backend is required');
  }
}

function* validateServiceBackend(
  {
    name = '',
    port: { name: portName, number } = {},
  }: NonNullable<Draft<IngressBackend>['service']>,
  field: string,
): FieldErrors {
  if (name === '') {
    yield required(`${field}.service.name`);
  } else {
    yield* invalidEach(`${field}.service.name`, name, validateDNS1035Label(name));
  }
  if (portName !== undefined && number !== undefined) {
    yield invalid(field, '', 'cannot set both port name & port number');
  } else if (portName !== undefined) {
    yield* invalidEach(`${field}.service.port.name`, portName, validatePortName(portName));
  } else if (number === undefined) {
    yield required(field, 'port name or number is required');
  } else {
    yield* validatePortNumber(number, `${field}.service.port.number`);
  }
}

/** A pointer at an object by group, kind and name. */
export function* validateReference(
  reference: { readonly apiGroup?: string; readonly kind?: string; readonly name?: string },
  field: string,
): FieldErrors {
  const { apiGroup, kind = '', name = '' } = reference;
  if (apiGroup !== undefined) {
    yield* invalidEach(`${field}.apiGroup`, apiGroup, validateDNS1123Subdomain(apiGroup));
  }
  if (kind === '') yield required(`${field}.kind`);
  else yield* invalidEach(`${field}.kind`, kind, validatePathSegment(kind));
  if (name === '') yield required(`${field}.name`);
  else yield* invalidEach(`${field}.name`, name, validatePathSegment(name));
}
