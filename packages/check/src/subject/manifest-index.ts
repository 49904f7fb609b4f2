import { objectKey, type ObjectKey, type Resource } from '@portolan/core';
import type { Manifest } from '@portolan/manifests';

/** The manifest of an object of one kind. */
export type ManifestOf<Kind extends Resource['kind']> = Manifest & {
  readonly resource: Extract<Resource, { readonly kind: Kind }>;
};

/** Manifests by kind, each object once. */
export interface ManifestIndex {
  /** In the order written. */
  readonly ofKind: <Kind extends Resource['kind']>(kind: Kind) => readonly ManifestOf<Kind>[];
  /** Of a kind that is only known by name. */
  readonly findAny: (kind: string, key: ObjectKey) => Manifest | undefined;
  /** @param key `namespace/name`, with `default` for kinds without a namespace */
  readonly find: <Kind extends Resource['kind']>(
    kind: Kind,
    key: ObjectKey,
  ) => ManifestOf<Kind> | undefined;
}

export function indexManifests(manifests: readonly Manifest[]): ManifestIndex {
  const byKind = Map.groupBy(manifests, ({ resource }) => resource.kind);
  const byKey = new Map(
    manifests.map((manifest) => [
      `${manifest.resource.kind} ${objectKey(manifest.resource)}`,
      manifest,
    ]),
  );
  return {
    ofKind: (kind) => (byKind.get(kind) ?? []).filter((each) => isOfKind(each, kind)),
    findAny: (kind, key) => byKey.get(`${kind} ${key}`),
    find: (kind, key) => {
      const found = byKey.get(`${kind} ${key}`);
      return found && isOfKind(found, kind) ? found : undefined;
    },
  };
}

function isOfKind<Kind extends Resource['kind']>(
  manifest: Manifest,
  kind: Kind,
): manifest is ManifestOf<Kind> {
  return manifest.resource.kind === kind;
}
