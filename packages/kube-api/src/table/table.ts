import type { Call } from '../api/call.ts';
import { objectAt, textAt, type JSONObject } from '../content/json-object.ts';
import type { ListMeta } from '../list/list.ts';
import { partialMetadata } from '../response/partial-metadata.ts';
import { badRequest, quote } from '../status/faults.ts';
import type { Column } from './columns/column.ts';
import { columnsOf } from './columns/columns.ts';

/**
 * Objects as the rows of a Table, as `kubectl get` shows them.
 *
 * Source: Kubernetes API reference, Table v1 meta; Kubernetes API concepts, Receiving resources as Tables.
 *
 * @param hasColumns Whether it tells its columns.
 */
export function tableOf(
  { type, url }: Pick<Call, 'type' | 'url'>,
  metadata: ListMeta,
  objects: readonly JSONObject[],
  now: number,
  hasColumns: boolean,
): object {
  const columns = columnsOf(type.kind);
  const included = inclusion(url);
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: hasColumns ? [NAME, ...columns.map(definition)] : null,
    rows: objects.map((object) => ({
      cells: [nameOf(object), ...columns.map(({ cell }) => cell(object, now))],
      ...included(object),
    })),
  };
}

const NAME = {
  name: 'Name',
  type: 'string',
  format: 'name',
  description: 'The name of the object.',
  priority: 0,
};

function definition({ name, type = 'string', description, isWide }: Column): object {
  return { name, type, format: '', description, priority: isWide ? 1 : 0 };
}

function nameOf(object: JSONObject): string {
  return textAt(objectAt(object, 'metadata'), 'name') ?? '';
}

/** What of each object its row has along: `includeObject` of the query. */
function inclusion({ searchParams }: URL): (object: JSONObject) => { object?: object } {
  const policy = searchParams.get('includeObject') || 'Metadata';
  switch (policy) {
    case 'Metadata':
      return (object) => ({ object: partialMetadata(object) });
    case 'Object':
      return (object) => ({ object });
    case 'None':
      return () => ({});
    default:
      throw badRequest(`unrecognized includeObject value: ${quote(policy)}`);
  }
}
