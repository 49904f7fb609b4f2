import type { Finding } from '@portolan/check';
import { compareText, EVERY_NODE, ZONE_LABEL, type Node } from '@portolan/core';
import { servicesOf, type Snapshot } from '@portolan/engine';

import type { SourceReport } from '../../protocol/report.ts';
import type { Drawing } from '../chart/drawing.ts';
import { endpointCount } from '../chart/endpoints.ts';
import type { FrontendDoor, Outline } from '../chart/outline.ts';

/** What only manifests tell of a source. */
interface Told {
  /** How many were read. */
  readonly objects?: number;
  readonly findings: readonly Finding[];
  readonly nodes: readonly Node[];
}

/** What is said of a source when it is opened. */
export function sourceReport(
  drawing: Pick<Drawing, 'answerers' | 'known' | 'outline' | 'snapshot'>,
  { objects, findings, nodes }: Told,
): SourceReport {
  const { snapshot, outline } = drawing;
  const services = servicesOf(snapshot);
  const endpoints = services.flatMap(({ ports }) => ports.flatMap((port) => port.endpoints));
  return {
    version: snapshot.version,
    counts: {
      ...(objects !== undefined && { objects }),
      rules: outline.rules.length,
      services: services.length,
      endpoints: endpointCount(drawing),
    },
    findings,
    nodes: sorted([
      ...nodes.map(({ metadata }) => metadata.name),
      ...Object.values(snapshot.nodeAddresses),
      ...endpoints.map(({ nodeName }) => nodeName),
    ]),
    zones: sorted([
      ...nodes.map(({ metadata }) => metadata.labels?.[ZONE_LABEL]),
      ...endpoints.map(({ zone }) => zone),
    ]),
    urls: urlsOf(outline, snapshot),
  };
}

function sorted(names: readonly (string | undefined)[]): readonly string[] {
  const given = names.flatMap((name) => (name ? [name] : []));
  return [...new Set(given)].toSorted(compareText);
}

const MOST_URLS = 50;

/** Of rules first, then of addresses outside, then of those inside. */
function urlsOf({ rules, frontends }: Outline, snapshot: Snapshot): readonly string[] {
  const urls = new Set<string>();
  const add = (url: string): void => {
    if (urls.size < MOST_URLS && URL.canParse(url)) urls.add(url);
  };
  for (const { outline, isShadowed } of rules) {
    if (urls.size === MOST_URLS) break;
    const { host, path = '/', pathType } = outline;
    const isPath = pathType !== 'RegularExpression';
    if (!isShadowed)
      add(`http://${(host ?? 'any.example').replace('*', 'www')}${isPath ? path : '/'}`);
  }
  // Each Service has an address and several names inside; one of them will do.
  const named = frontends.internal.filter(({ host }) =>
    host.endsWith(`.${snapshot.clusterDomain}`),
  );
  for (const door of [...frontends.external, ...named]) {
    if (urls.size === MOST_URLS) break;
    if (door.protocol === 'TCP') add(urlOf(door, snapshot));
  }
  return [...urls];
}

function urlOf({ host, port }: FrontendDoor, { nodeAddresses }: Snapshot): string {
  const knocked = host === EVERY_NODE ? (Object.keys(nodeAddresses)[0] ?? '') : host;
  const name = knocked.includes(':') ? `[${knocked}]` : knocked;
  return port === 80 ? `http://${name}/` : `http://${name}:${port}/`;
}
