import { canonicalJSON } from '@portolan/core';

import type { NewMetadata, NewObject } from '../object/stored-object.ts';

/** An object as a person writes it: without what the API fills in. */
export interface Authored {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Readonly<Record<string, unknown>> & { readonly name: string };
  readonly [field: string]: unknown;
}

/** Fields of `metadata` that are the API's to write. What a manifest says of them counts for nothing. */
const SERVERS_OWN: readonly string[] = [
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'generation',
  'managedFields',
  'resourceVersion',
  'selfLink',
];

/** What of a manifest counts, as text that is the same for equal manifests. */
export function authoredText(manifest: {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
}): string {
  return canonicalJSON({ ...manifest, metadata: without(manifest.metadata, SERVERS_OWN) });
}

export function readAuthored(text: string): Authored {
  const authored: Authored = JSON.parse(text);
  return authored;
}

/** What of an object is to stand in its manifest: `status`, `uid` and `creationTimestamp` only where they did before. */
export function authoredOf(object: NewObject, before: Authored | undefined): Authored {
  const { status, ...rest } = object;
  const ifThere = ['uid', 'creationTimestamp'].filter((key) => before?.metadata[key] === undefined);
  const { name } = object.metadata;
  return {
    ...rest,
    metadata: { ...without(object.metadata, [...SERVERS_OWN, ...ifThere]), name },
    ...(before?.['status'] !== undefined && { status }),
  };
}

/** The object that a manifest makes of the one that is there, if one is. */
export function objectOf(
  authored: Authored,
  current: NewObject | undefined,
  make: { readonly uid: () => string; readonly now: () => string },
): NewObject {
  const { metadata, status = current?.['status'], ...rest } = authored;
  const generation = generationOf(authored, current);
  const kept = current?.metadata;
  const own = Object.fromEntries(
    SERVERS_OWN.flatMap((key) => (kept?.[key] === undefined ? [] : [[key, kept[key]]])),
  );
  const complete: NewMetadata = {
    ...metadata,
    ...own,
    uid: textOf(metadata['uid']) ?? kept?.uid ?? make.uid(),
    creationTimestamp:
      textOf(metadata['creationTimestamp']) ?? kept?.creationTimestamp ?? make.now(),
    ...(generation !== undefined && { generation }),
  };
  return { ...rest, metadata: complete, ...(status !== undefined && { status }) };
}

/** It grows with each change of `spec`; kinds without one have none. */
function generationOf({ spec }: Authored, current: NewObject | undefined): number | undefined {
  if (spec === undefined) return undefined;
  const generation = current?.metadata.generation;
  if (current && canonicalJSON(spec) === canonicalJSON(current['spec'] ?? null)) return generation;
  return (generation ?? 0) + 1;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function without(object: object, keys: readonly string[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}
