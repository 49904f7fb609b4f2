import { objectKey, targetPort, type ServicePort } from '@portolan/core';
import { findService } from '@portolan/engine';

import { findingAt, relatedPlace } from '../finding/at.ts';
import type { Finding, RelatedPlace } from '../finding/finding.ts';
import { declaredPorts, portText } from '../pod-source/container-ports.ts';
import { asPod, fieldOf, speakers, type PodSource } from '../pod-source/pod-source.ts';
import { listed } from '../sentence/sentence.ts';
import { similarNames } from '../similar-name/similar-name.ts';
import type { ManifestOf } from '../subject/manifest-index.ts';
import type { Rule } from '../subject/subject.ts';

/** Target ports that the Pods which a Service selects don't have. */
export const targetPorts: Rule = ({ compiled, manifests, selection }) =>
  compiled.services.flatMap((service) => {
    const manifest = manifests.find('Service', objectKey(service));
    const sources = selection.sourcesOf(service).filter(({ presence }) => presence !== 'ended');
    if (manifest === undefined || sources.length === 0) return [];
    return (service.spec.ports ?? []).flatMap((port, index) => {
      const { endpoints = [] } =
        findService(compiled.snapshot, objectKey(service))?.ports[index] ?? {};
      const isServed = endpoints.length > 0;
      return faultOf({ manifest, port, index, sources, isServed }) ?? [];
    });
  });

/** Whether none of the Pods has the port that the Service sends to, so that it has no endpoint there. */
export function isMissingEverywhere(port: ServicePort, sources: readonly PodSource[]): boolean {
  return sources.every((source) => targetPort(asPod(source), port) === undefined);
}

interface Looking {
  readonly manifest: ManifestOf<'Service'>;
  readonly port: ServicePort;
  readonly index: number;
  readonly sources: readonly PodSource[];
  /** It has endpoints all the same, other Pods or some given by hand. */
  readonly isServed: boolean;
}

function faultOf(looking: Looking): Finding | undefined {
  const { targetPort: target } = looking.port;
  return typeof target === 'string' && target !== ''
    ? namedPortFault(looking, target)
    : numberFault(looking, target || looking.port.port);
}

function namedPortFault(
  { manifest, port, index, sources, isServed }: Looking,
  target: string,
): Finding | undefined {
  const without = speakers(
    sources.filter((source) => targetPort(asPod(source), port) === undefined),
  );
  const [first] = without;
  if (first === undefined) return undefined;
  const { protocol = 'TCP' } = port;
  const isOne = without.length === 1;
  const fate = isServed ? `requests pass ${isOne ? 'it' : 'them'} over` : 'requests get a 503';
  return findingAt(manifest, `spec.ports[${index}].targetPort`, 'NamedPortMissing', {
    severity: isServed ? 'warning' : 'error',
    message: `${listed(without.map(({ called }) => called))} ${isOne ? 'has' : 'have'} no ${protocol} port called ${target}: ${fate}`,
    remedy: namedPortRemedy(first, target),
    related: containerPlaces(without),
  });
}

function namedPortRemedy(source: PodSource, target: string): string {
  const ports = declaredPorts(source.spec);
  if (ports.length === 0) return `${source.called} declares no ports: declare one of that name`;
  const similar = similarNames(ports.flatMap(({ name }) => name ?? [])).to(target);
  if (similar.length > 0) return `did you mean ${similar.join(' or ')}?`;
  const declared = `${source.called} declares ${listed(ports.map(portText))}`;
  return ports.some(({ name }) => name)
    ? declared
    : `${declared}: give it that name, or send to its number`;
}

/** A number need not be declared, but where others are it is strange that this one is not. */
function numberFault(
  { manifest, port, index, sources }: Looking,
  target: number,
): Finding | undefined {
  const { protocol = 'TCP' } = port;
  const without = speakers(
    sources.filter(({ spec }) => {
      const declared = declaredPorts(spec);
      return declared.length > 0 && !declared.some((each) => isPort(each, target, protocol));
    }),
  );
  const [first] = without;
  if (first === undefined) return undefined;
  // As written: a target port that was left out has been filled in.
  const isWritten = manifest.resource.spec.ports?.[index]?.targetPort;
  const field = isWritten ? 'targetPort' : 'port';
  const declared = listed(declaredPorts(first.spec).map(portText));
  return findingAt(manifest, `spec.ports[${index}].${field}`, 'TargetPortNotDeclared', {
    message: `requests are sent to ${protocol} port ${target}, which ${listed(without.map(({ called }) => called))} ${without.length > 1 ? 'do' : 'does'} not declare`,
    remedy: `${first.called} declares ${declared}: see which one it listens at`,
    related: containerPlaces(without),
  });
}

function isPort(
  { containerPort, protocol = 'TCP' }: ReturnType<typeof declaredPorts>[number],
  number: number,
  wanted: string,
): boolean {
  return containerPort === number && protocol === wanted;
}

const MOST = 3;

function containerPlaces(sources: readonly PodSource[]): readonly RelatedPlace[] {
  return sources
    .slice(0, MOST)
    .map((source) =>
      relatedPlace(
        source.manifest,
        fieldOf(source, 'spec.containers'),
        `containers of ${source.called}`,
      ),
    );
}
