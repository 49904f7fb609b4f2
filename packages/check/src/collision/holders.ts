import { canonicalIP, objectKey } from '@portolan/core';

import { nameOf, relatedPlace } from '../finding/at.ts';
import type { Finding, RelatedPlace } from '../finding/finding.ts';
import type { Subject } from '../subject/subject.ts';

/** Finds the Services that hold a value which another one was refused. */
export type Holders = (finding: Finding) => readonly RelatedPlace[];

export function holdersOf(subject: Subject): Holders {
  const wanted = refusedValues(subject);
  if (wanted.size === 0) return () => [];
  const held = heldValues(subject);
  return ({ object, field = '' }) => {
    const values = wanted.get(`${object?.namespace}/${object?.name} ${field}`) ?? [];
    return values.flatMap((value) => held.get(value) ?? []);
  };
}

/** The values of refused fields, by `namespace/name field`. */
function refusedValues({ compiled }: Subject): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, readonly string[]>();
  for (const { object, errors = [] } of compiled.conditions) {
    for (const { field, value } of errors) {
      const all = Array.isArray(value) ? value : [value];
      values.set(`${object.namespace}/${object.name} ${field}`, all.map(String));
    }
  }
  return values;
}

/** Node ports and cluster IPs of the Services that have been admitted. A number is no address, so one map will do. */
function heldValues({
  compiled,
  manifests,
}: Subject): ReadonlyMap<string, readonly RelatedPlace[]> {
  const held = new Map<string, RelatedPlace[]>();
  for (const service of compiled.services) {
    const manifest = manifests.find('Service', objectKey(service));
    if (manifest === undefined) continue;
    const { clusterIPs = [], healthCheckNodePort, ports = [] } = service.spec;
    const hold = (value: string, field: string): void => {
      const place = relatedPlace(manifest, field, `${nameOf(manifest)} has it`);
      const places = held.get(value);
      if (places === undefined) held.set(value, [place]);
      else places.push(place);
    };
    for (const ip of clusterIPs) hold(canonicalIP(ip) ?? ip, 'spec.clusterIP');
    for (const [index, { nodePort }] of ports.entries()) {
      if (nodePort) hold(String(nodePort), `spec.ports[${index}].nodePort`);
    }
    if (healthCheckNodePort) hold(String(healthCheckNodePort), 'spec.healthCheckNodePort');
  }
  return held;
}
