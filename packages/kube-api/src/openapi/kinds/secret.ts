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

export const secret: Struct = struct('core.v1.Secret', {
  ...each(string, 'apiVersion kind'),
  data: mapOf(bytes),
  immutable: boolean,
  metadata: objectMeta,
  stringData: stringMap,
  type: string,
});
