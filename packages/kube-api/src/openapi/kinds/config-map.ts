import {
  boolean,
  bytes,
  each,
  mapOf,
  string,
  stringMap,
  struct,
  type Struct,
} from '../schema/schema.ts';
import { objectMeta } from './meta.ts';

export const configMap: Struct = struct('core.v1.ConfigMap', {
  ...each(string, 'apiVersion kind'),
  binaryData: mapOf(bytes),
  data: stringMap,
  immutable: boolean,
  metadata: objectMeta,
});
