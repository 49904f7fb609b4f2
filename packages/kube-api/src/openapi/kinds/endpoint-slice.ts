import {
  atomic,
  boolean,
  each,
  int32,
  listOf,
  setOf,
  string,
  stringMap,
  struct,
  type Struct,
} from '../schema/schema.ts';
import { objectMeta, objectReference } from './meta.ts';

const endpointConditions = struct('discovery.v1.EndpointConditions', {
  ...each(boolean, 'ready serving terminating'),
});

const forNode = struct('discovery.v1.ForNode', { name: string });

const forZone = struct('discovery.v1.ForZone', { name: string });

const endpointHints = struct('discovery.v1.EndpointHints', {
  forNodes: listOf(forNode),
  forZones: listOf(forZone),
});

const endpoint = struct('discovery.v1.Endpoint', {
  addresses: setOf(string),
  conditions: endpointConditions,
  deprecatedTopology: stringMap,
  hints: endpointHints,
  ...each(string, 'hostname nodeName zone'),
  targetRef: objectReference,
});

const endpointPort = atomic(
  struct('discovery.v1.EndpointPort', {
    ...each(string, 'name appProtocol protocol'),
    port: int32,
  }),
);

export const endpointSlice: Struct = struct('discovery.v1.EndpointSlice', {
  ...each(string, 'apiVersion kind addressType'),
  endpoints: listOf(endpoint),
  metadata: objectMeta,
  ports: listOf(endpointPort),
});
