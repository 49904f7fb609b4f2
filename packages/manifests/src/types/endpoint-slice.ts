import { each, object, type Schema } from '../schema/object.ts';
import { boolean, int32, listOf, string, stringMap, strings } from '../schema/values.ts';
import { objectMeta, objectReference } from './meta.ts';

const endpointConditions = object({ ...each(boolean, 'ready serving terminating') });

const forNode = object({ name: string });

const forZone = object({ name: string });

const endpointHints = object({ forNodes: listOf(forNode), forZones: listOf(forZone) });

const endpoint = object({
  addresses: strings,
  conditions: endpointConditions,
  deprecatedTopology: stringMap,
  hints: endpointHints,
  ...each(string, 'hostname nodeName zone'),
  targetRef: objectReference,
});

const endpointPort = object({ ...each(string, 'name appProtocol protocol'), port: int32 });

export const endpointSlice: Schema = object({
  ...each(string, 'apiVersion kind addressType'),
  endpoints: listOf(endpoint),
  metadata: objectMeta,
  ports: listOf(endpointPort),
});
