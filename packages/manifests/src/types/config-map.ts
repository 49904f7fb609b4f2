import { each, mapOf, object, type Schema } from '../schema/object.ts';
import { boolean, bytes, string, stringMap } from '../schema/values.ts';
import { objectMeta } from './meta.ts';

export const configMap: Schema = object({
  ...each(string, 'apiVersion kind'),
  binaryData: mapOf(bytes),
  data: stringMap,
  immutable: boolean,
  metadata: objectMeta,
});
