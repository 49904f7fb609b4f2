import {
  validateDNS1123Label,
  validateDNS1123Subdomain,
  validateLabels,
  validateLabelValue,
  validateQualifiedName,
} from '@portolan/core';
import type { EndpointPort, EndpointSlice, Labels } from '@portolan/core';

import { validateEndpointIP, validateEndpointName, validateIPOfFamily } from './address.ts';
import type { Draft } from './draft.ts';
import { duplicate, invalidEach, required, tooMany, type FieldErrors } from './field-errors.ts';
import { validateMetadata } from './metadata.ts';
import { validateOneOf } from './one-of.ts';
import { validateProtocol } from './port.ts';

const MAX_ENDPOINTS = 1000;
const MAX_ADDRESSES = 100;
const MAX_PORTS = 20_000;
const MAX_TOPOLOGY_LABELS = 16;
const MAX_HINTS = 8;

/** Source: Kubernetes API reference, EndpointSlice v1 discovery.k8s.io. */
export function* validateEndpointSlice(slice: Draft<EndpointSlice>): FieldErrors {
  const { metadata = {}, addressType = '', endpoints = [], ports = [] } = slice;
  yield* validateMetadata(metadata, validateDNS1123Subdomain);
  if (addressType === '') yield required('addressType');
  else yield* validateOneOf(addressType, ['FQDN', 'IPv4', 'IPv6'], 'addressType');
  if (endpoints.length > MAX_ENDPOINTS) {
    yield tooMany('endpoints', endpoints.length, MAX_ENDPOINTS);
  } else {
    for (const [index, endpoint] of endpoints.entries()) {
      yield* validateEndpoint(endpoint, addressType, `endpoints[${index}]`);
    }
  }
  if (ports.length > MAX_PORTS) yield tooMany('ports', ports.length, MAX_PORTS);
  else yield* validateEndpointPorts(ports);
}

interface EndpointDraft extends Draft<NonNullable<EndpointSlice['endpoints']>[number]> {
  readonly deprecatedTopology?: Labels;
}

function* validateEndpoint(
  endpoint: EndpointDraft,
  addressType: string,
  field: string,
): FieldErrors {
  const { addresses = [], nodeName, deprecatedTopology = {}, hostname, hints } = endpoint;
  if (addresses.length === 0) {
    yield required(`${field}.addresses`, 'must contain at least 1 address');
  } else if (addresses.length > MAX_ADDRESSES) {
    yield tooMany(`${field}.addresses`, addresses.length, MAX_ADDRESSES);
  }
  for (const [index, address] of addresses.entries()) {
    yield* validateAddress(address, addressType, `${field}.addresses[${index}]`);
  }
  if (nodeName !== undefined) {
    yield* invalidEach(`${field}.nodeName`, nodeName, validateDNS1123Subdomain(nodeName));
  }
  const topologySize = Object.keys(deprecatedTopology).length;
  if (topologySize > MAX_TOPOLOGY_LABELS) {
    yield tooMany(`${field}.deprecatedTopology`, topologySize, MAX_TOPOLOGY_LABELS);
  }
  yield* validateLabels(deprecatedTopology, `${field}.deprecatedTopology`);
  if (hostname !== undefined) {
    yield* invalidEach(`${field}.hostname`, hostname, validateDNS1123Label(hostname));
  }
  yield* validateHints(hints?.forZones ?? [], validateLabelValue, `${field}.hints.forZones`);
  yield* validateHints(hints?.forNodes ?? [], validateDNS1123Subdomain, `${field}.hints.forNodes`);
}

function* validateAddress(address: string, addressType: string, field: string): FieldErrors {
  if (addressType === 'IPv4' || addressType === 'IPv6') {
    yield* validateIPOfFamily(address, addressType, field);
    yield* validateEndpointIP(address, field);
  } else if (addressType === 'FQDN') {
    yield* validateEndpointName(address, field);
  }
}

function* validateHints(
  hints: readonly { readonly name?: string }[],
  validateName: (name: string) => readonly string[],
  field: string,
): FieldErrors {
  if (hints.length > MAX_HINTS) {
    yield tooMany(field, hints.length, MAX_HINTS);
    return;
  }
  const names = new Set<string>();
  for (const [index, { name = '' }] of hints.entries()) {
    if (names.has(name)) yield duplicate(`${field}[${index}].name`, name);
    names.add(name);
    yield* invalidEach(`${field}[${index}].name`, name, validateName(name));
  }
}

function* validateEndpointPorts(ports: readonly Draft<EndpointPort>[]): FieldErrors {
  const names = new Set<string>();
  for (const [index, { name = '', protocol = 'TCP', appProtocol }] of ports.entries()) {
    const field = `ports[${index}]`;
    if (name !== '') yield* invalidEach(`${field}.name`, name, validateDNS1123Label(name));
    if (names.has(name)) yield duplicate(`${field}.name`, name);
    names.add(name);
    yield* validateProtocol(protocol, `${field}.protocol`);
    if (appProtocol !== undefined) {
      yield* invalidEach(`${field}.appProtocol`, appProtocol, validateQualifiedName(appProtocol));
    }
  }
}
