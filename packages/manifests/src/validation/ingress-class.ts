import { byteLength, validateDNS1123Label, validateDNS1123Subdomain } from '@portolan/core';
import type { IngressClass } from '@portolan/core';

import type { Draft } from './draft.ts';
import {
  forbidden,
  invalid,
  invalidEach,
  required,
  tooLong,
  type FieldErrors,
} from './field-errors.ts';
import { validateReference } from './ingress.ts';
import { validateMetadata } from './metadata.ts';
import { validateOneOf } from './one-of.ts';

const CONTROLLER_MAX_LENGTH = 250;
const HTTP_PATH = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";
const HTTP_PATH_PATTERN = new RegExp(`^${HTTP_PATH}$`, 'u');

/** Source: Kubernetes API reference, IngressClass v1 networking.k8s.io. */
export function* validateIngressClass({
  metadata = {},
  spec = {},
}: Draft<IngressClass>): FieldErrors {
  yield* validateMetadata(metadata, validateDNS1123Subdomain);
  const { controller = '', parameters } = spec;
  if (controller === '') {
    yield required('spec.controller');
  } else {
    if (byteLength(controller) > CONTROLLER_MAX_LENGTH) {
      yield tooLong('spec.controller', CONTROLLER_MAX_LENGTH);
    }
    yield* validateDomainPrefixedPath(controller, 'spec.controller');
  }
  if (parameters) yield* validateParameters(parameters, 'spec.parameters');
}

function* validateDomainPrefixedPath(value: string, field: string): FieldErrors {
  const slash = value.indexOf('/');
  const domain = value.slice(0, Math.max(slash, 0));
  const path = value.slice(slash + 1);
  if (domain === '' || path === '') {
    yield invalid(field, value, 'must be a domain-prefixed path (such as "acme.io/foo")');
    return;
  }
  yield* invalidEach(field, domain, validateDNS1123Subdomain(domain));
  if (!HTTP_PATH_PATTERN.test(path)) {
    yield invalid(field, path, `Invalid path (regex used for validation is '${HTTP_PATH}')`);
  }
}

function* validateParameters(
  parameters: NonNullable<NonNullable<Draft<IngressClass>['spec']>['parameters']>,
  field: string,
): FieldErrors {
  yield* validateReference(parameters, field);
  const { scope = 'Cluster', namespace } = parameters;
  yield* validateOneOf(scope, ['Cluster', 'Namespace'], `${field}.scope`);
  if (scope === 'Namespace') {
    if (namespace === undefined) {
      yield required(`${field}.namespace`, "`parameters.scope` is set to 'Namespace'");
    } else {
      yield* invalidEach(`${field}.namespace`, namespace, validateDNS1123Label(namespace));
    }
  } else if (scope === 'Cluster' && namespace !== undefined) {
    yield forbidden(`${field}.namespace`, "`parameters.scope` is set to 'Cluster'");
  }
}
