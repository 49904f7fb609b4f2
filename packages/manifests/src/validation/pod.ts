import {
  validateDNS1123Label,
  validateDNS1123Subdomain,
  validateIP,
  validateLabels,
  validatePortName,
} from '@portolan/core';
import type { Container, ContainerPort, Pod, PodSpec, PodTemplate } from '@portolan/core';

import type { Draft } from './draft.ts';
import { duplicate, invalidEach, required, type FieldErrors } from './field-errors.ts';
import { validateAnnotations, validateMetadata } from './metadata.ts';
import { validateOneOf } from './one-of.ts';
import { validatePortNumber, validateProtocol } from './port.ts';

/** Names, ports and addresses; the rest of a Pod says nothing about routing and is checked by its type alone. */
export function* validatePod({ metadata = {}, spec = {}, status = {} }: Draft<Pod>): FieldErrors {
  yield* validateMetadata(metadata, validateDNS1123Subdomain);
  yield* validatePodSpec(spec, 'spec');
  const { podIP, podIPs = [] } = status;
  if (podIP !== undefined) yield* invalidEach('status.podIP', podIP, validateIP(podIP));
  for (const [index, { ip = '' }] of podIPs.entries()) {
    yield* invalidEach(`status.podIPs[${index}]`, ip, validateIP(ip));
  }
}

export function* validatePodTemplate(
  { metadata: { labels = {}, annotations = {} } = {}, spec = {} }: Draft<PodTemplate>,
  field: string,
): FieldErrors {
  yield* validateLabels(labels, `${field}.labels`);
  yield* validateAnnotations(annotations, `${field}.annotations`);
  yield* validatePodSpec(spec, `${field}.spec`);
}

interface ContainerDraft extends Draft<Container> {
  readonly image?: string;
}

function* validatePodSpec(spec: Draft<PodSpec>, field: string): FieldErrors {
  const { containers = [], initContainers = [], restartPolicy = 'Always' } = spec;
  const names = new Set<string>();
  if (containers.length === 0) yield required(`${field}.containers`);
  yield* validateContainers(containers, names, `${field}.containers`);
  yield* validateContainers(initContainers, names, `${field}.initContainers`);
  const policies = ['Always', 'OnFailure', 'Never'];
  yield* validateOneOf(restartPolicy, policies, `${field}.restartPolicy`);
  if (spec.nodeName !== undefined) {
    const faults = validateDNS1123Subdomain(spec.nodeName);
    yield* invalidEach(`${field}.nodeName`, spec.nodeName, faults);
  }
  if (spec.hostname !== undefined) {
    yield* invalidEach(`${field}.hostname`, spec.hostname, validateDNS1123Label(spec.hostname));
  }
  if (spec.subdomain !== undefined) {
    yield* invalidEach(`${field}.subdomain`, spec.subdomain, validateDNS1123Label(spec.subdomain));
  }
}

function* validateContainers(
  containers: readonly ContainerDraft[],
  names: Set<string>,
  list: string,
): FieldErrors {
  for (const [index, { name = '', image = '', ports = [] }] of containers.entries()) {
    const field = `${list}[${index}]`;
    if (name === '') {
      yield required(`${field}.name`);
    } else {
      yield* invalidEach(`${field}.name`, name, validateDNS1123Label(name));
      if (names.has(name)) yield duplicate(`${field}.name`, name);
      names.add(name);
    }
    if (image === '') yield required(`${field}.image`);
    yield* validateContainerPorts(ports, `${field}.ports`);
  }
}

interface ContainerPortDraft extends Draft<ContainerPort> {
  readonly hostPort?: number;
}

function* validateContainerPorts(ports: readonly ContainerPortDraft[], list: string): FieldErrors {
  const names = new Set<string>();
  for (const [index, port] of ports.entries()) {
    const field = `${list}[${index}]`;
    const { name, containerPort = 0, hostPort, protocol = 'TCP' } = port;
    if (name !== undefined) {
      yield* invalidEach(`${field}.name`, name, validatePortName(name));
      if (names.has(name)) yield duplicate(`${field}.name`, name);
      names.add(name);
    }
    if (containerPort === 0) yield required(`${field}.containerPort`);
    else yield* validatePortNumber(containerPort, `${field}.containerPort`);
    if (hostPort !== undefined) yield* validatePortNumber(hostPort, `${field}.hostPort`);
    yield* validateProtocol(protocol, `${field}.protocol`);
  }
}
