import { each, mapOf, object, type Schema } from '../schema/object.ts';
import { boolean, bytes, string, stringMap, stringOmitEmpty } from '../schema/values.ts';
import { objectMeta } from './meta.ts';

export const secret: Schema = object({
  ...each(string, 'apiVersion kind'),
  data: mapOf(bytes),
  immutable: boolean,
  metadata: objectMeta,
  stringData: stringMap,
  type: stringOmitEmpty,
});
