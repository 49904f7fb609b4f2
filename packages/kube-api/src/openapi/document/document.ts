import { RESOURCE_TYPES, type ResourceType } from '@portolan/store';

import {
  componentName,
  components,
  type Dialect,
  type JSONObject,
} from '../component/component.ts';
import { schemaOf } from '../kinds/kinds.ts';
import { SCALE_TYPE } from '../kinds/scale.ts';
import { listSchema, pathsOf } from '../operation/operation.ts';
import { each, int64, string, struct } from '../schema/schema.ts';

const INFO = { title: 'Kubernetes', version: 'v1.33.0' };

const listMeta = struct('meta.v1.ListMeta', {
  ...each(string, 'continue resourceVersion selfLink'),
  remainingItemCount: int64,
});

/** The OpenAPI 3.0 document of some resources: those of a group's version. */
export function documentV3(types: readonly ResourceType[]): JSONObject {
  return {
    openapi: '3.0.0',
    info: INFO,
    paths: paths(types, 'v3'),
    components: { schemas: schemas(types, 'v3') },
  };
}

/** The OpenAPI 2.0 document of all resources. */
export function documentV2(): JSONObject {
  return {
    swagger: '2.0',
    info: INFO,
    paths: paths(RESOURCE_TYPES, 'v2'),
    definitions: schemas(RESOURCE_TYPES, 'v2'),
  };
}

function paths(types: readonly ResourceType[], dialect: Dialect): JSONObject {
  return Object.fromEntries(types.flatMap((type) => pathsOf(type, schemaOf(type).name, dialect)));
}

function schemas(types: readonly ResourceType[], dialect: Dialect): JSONObject {
  const shown = types.some((type) => type.scale) ? [...types, SCALE_TYPE] : types;
  const all = components([listMeta, ...shown.map(schemaOf)], dialect);
  for (const type of shown) {
    const { name } = schemaOf(type);
    const { group, kind, version } = type;
    const extension = (of: string): JSONObject => ({
      'x-kubernetes-group-version-kind': [{ group, kind: of, version }],
    });
    all.set(componentName(name), { ...all.get(componentName(name)), ...extension(kind) });
    if (type === SCALE_TYPE) continue;
    const list = { ...listSchema(name, dialect), ...extension(`${kind}List`) };
    all.set(componentName(`${name}List`), list);
  }
  return Object.fromEntries([...all].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
