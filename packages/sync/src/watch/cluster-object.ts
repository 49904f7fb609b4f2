/** An object as the cluster tells of it: what is needed to keep it apart from others. */
export interface ClusterObject {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** `namespace/name`; without a namespace `/name`. */
export function keyOf({ metadata: { namespace = '', name } }: ClusterObject): string {
  return `${namespace}/${name}`;
}

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether it has a name, and a namespace where it says so. */
export function isClusterObject(value: unknown): value is ClusterObject {
  if (!isFields(value) || !isFields(value['metadata'])) return false;
  const { name, namespace } = value['metadata'];
  return (
    typeof name === 'string' &&
    name !== '' &&
    (namespace === undefined || typeof namespace === 'string')
  );
}

/** `metadata.resourceVersion` of an object or a list. */
export function resourceVersionOf({ metadata }: Fields): string | undefined {
  const version = isFields(metadata) ? metadata['resourceVersion'] : undefined;
  return typeof version === 'string' && version !== '' ? version : undefined;
}
