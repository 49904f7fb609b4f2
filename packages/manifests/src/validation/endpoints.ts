import {
  validateDNS1123Label,
  validateDNS1123Subdomain,
  validateIP,
  validateQualifiedName,
} from '@portolan/core';
import type { EndpointPort, Endpoints, EndpointsAddress } from '@portolan/core';

import { validateEndpointIP } from './address.ts';
import type { Draft } from './draft.ts';
import { invalidEach, required, type FieldErrors } from './field-errors.ts';
import { validateMetadata } from './metadata.ts';
import { validatePortNumber, validateProtocol } from './port.ts';

/** Source: Kubernetes API reference, Endpoints v1 core. */
export function* validateEndpoints({ metadata = {}, subsets = [] }: Draft<Endpoints>): FieldErrors {
  yield* validateMetadata(metadata, validateDNS1123Subdomain);
  for (const [index, subset] of subsets.entries()) {
    const field = `subsets[${index}]`;
    const { addresses = [], notReadyAddresses = [], ports = [] } = subset;
    if (addresses.length === 0 && notReadyAddresses.length === 0) {
      yield required(field, 'must specify `addresses` or `notReadyAddresses`');
    }
    for (const [at, address] of addresses.entries()) {
      yield* validateAddress(address, `${field}.addresses[${at}]`);
    }
    for (const [at, address] of notReadyAddresses.entries()) {
      yield* validateAddress(address, `${field}.notReadyAddresses[${at}]`);
    }
    for (const [at, port] of ports.entries()) {
      yield* validatePort(port, ports.length > 1, `${field}.ports[${at}]`);
    }
  }
}

function* validateAddress(
  { ip = '', hostname, nodeName }: Draft<EndpointsAddress>,
  field: string,
): FieldErrors {
  yield* invalidEach(`${field}.ip`, ip, validateIP(ip));
  if (hostname !== undefined) {
    yield* invalidEach(`${field}.hostname`, hostname, validateDNS1123Label(hostname));
  }
  if (nodeName !== undefined) {
    yield* invalidEach(`${field}.nodeName`, nodeName, validateDNS1123Subdomain(nodeName));
  }
  yield* validateEndpointIP(ip, `${field}.ip`);
}

function* validatePort(
  { name, port = 0, protocol = 'TCP', appProtocol }: Draft<EndpointPort>,
  nameRequired: boolean,
  field: string,
): FieldErrors {
  if (name !== undefined) {
    yield* invalidEach(`${field}.name`, name, validateDNS1123Label(name));
  } else if (nameRequired) {
    yield required(`${field}.name`);
  }
  yield* validatePortNumber(port, `${field}.port`);
  yield* validateProtocol(protocol, `${field}.protocol`);
  if (appProtocol !== undefined) {
    yield* invalidEach(`${field}.appProtocol`, appProtocol, validateQualifiedName(appProtocol));
  }
}
