import {
  canonicalJSON,
  ENDPOINT_SLICE_CONTROLLER,
  hash,
  MANAGED_BY_LABEL,
  SERVICE_NAME_LABEL,
} from '@portolan/core';
import type { NewObject, Write } from '@portolan/store';

import { removal, revisionOf } from '../../store/expected.ts';
import type { Stored } from '../../store/stored-resource.ts';
import { arrangeSlices } from './arrange-slices.ts';
import type { SliceGroup } from './wanted-slices.ts';

export interface SliceWritesOptions {
  /** Whether the namespace has a slice of that name. */
  readonly isTaken: (name: string) => boolean;
  /** What a new object is to be known by. */
  readonly identify: () => { readonly uid: string; readonly creationTimestamp: string };
}

const HEADLESS_LABEL = 'service.kubernetes.io/headless';
const RESERVED_LABELS = new Set([HEADLESS_LABEL, MANAGED_BY_LABEL, SERVICE_NAME_LABEL]);

/** What is to be written so that a Service has these slices, and no others of ours: nothing where that is so. */
export function sliceWrites(
  service: Stored<'Service'>,
  groups: readonly SliceGroup[],
  existing: readonly Stored<'EndpointSlice'>[],
  { isTaken, identify }: SliceWritesOptions,
): readonly Write[] {
  const arranged = arrangeSlices(groups, existing);
  const used = new Set(arranged.map(({ slice }) => slice));
  const names = new Set<string>();
  const owned = ownedMetadata(service);
  return [
    ...existing.filter((slice) => !used.has(slice)).map(removal),
    ...arranged.flatMap(({ slice, ...group }): readonly Write[] => {
      const content = { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', ...group };
      if (slice !== undefined) return update(slice, { ...content, metadata: owned });
      const name = freeName(service, group.addressType, (one) => names.has(one) || isTaken(one));
      names.add(name);
      const { namespace = 'default' } = service.metadata;
      const metadata = { name, namespace, ...identify(), generation: 1, ...owned };
      return [{ put: { ...content, metadata }, expected: 'absent' }];
    }),
  ];
}

type OwnedMetadata = Pick<NewObject['metadata'], 'labels' | 'ownerReferences'>;

function ownedMetadata({ spec, metadata }: Stored<'Service'>): OwnedMetadata {
  const passedOn = Object.entries(metadata.labels ?? {}).filter(
    ([key]) => !RESERVED_LABELS.has(key),
  );
  return {
    labels: {
      ...Object.fromEntries(passedOn),
      [MANAGED_BY_LABEL]: ENDPOINT_SLICE_CONTROLLER,
      [SERVICE_NAME_LABEL]: metadata.name,
      ...(spec.clusterIP === 'None' && { [HEADLESS_LABEL]: '' }),
    },
    ownerReferences: [
      {
        apiVersion: 'v1',
        kind: 'Service',
        name: metadata.name,
        uid: metadata.uid,
        controller: true,
        blockOwnerDeletion: true,
      },
    ],
  };
}

function update(
  slice: Stored<'EndpointSlice'>,
  { metadata: owned, ...content }: SliceGroup & { readonly metadata: OwnedMetadata },
): readonly Write[] {
  const { endpoints, ports, addressType, metadata } = slice;
  const { generation = 0, labels, ownerReferences } = metadata;
  const isSame = isSameJSON({ ...content, addressType, ports, endpoints }, content);
  if (isSame && isSameJSON({ labels, ownerReferences }, owned)) return [];
  const next = { ...metadata, ...owned, generation: isSame ? generation : generation + 1 };
  return [{ put: { ...slice, ...content, metadata: next }, expected: revisionOf(slice) }];
}

/** What was written here has its keys in the same order. */
function isSameJSON(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b) || canonicalJSON(a) === canonicalJSON(b);
}

/** As names are generated in a cluster: no vowels, and nothing that looks like one. */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/** `<service>-<suffix>`: the first of a fixed sequence that is free. */
function freeName(
  service: Stored<'Service'>,
  addressType: string,
  isTaken: (name: string) => boolean,
): string {
  for (let index = 0; ; index += 1) {
    const name = `${service.metadata.name}-${suffix(`${service.metadata.name} ${addressType} ${index}`)}`;
    if (!isTaken(name)) return name;
  }
}

function suffix(text: string): string {
  return Array.from({ length: 5 }, (_, seed) => ALPHABET[hash(text, seed) % ALPHABET.length]).join(
    '',
  );
}
