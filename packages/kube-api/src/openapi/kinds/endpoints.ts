import { atomic, each, int32, listOf, string, struct, type Struct } from '../schema/schema.ts';
import { objectMeta, objectReference } from './meta.ts';

const endpointPort = atomic(
  struct('core.v1.EndpointPort', {
    appProtocol: string,
    ...each(string, 'name protocol'),
    port: int32,
  }),
);

const endpointAddress = atomic(
  struct('core.v1.EndpointAddress', {
    hostname: string,
    ...each(string, 'ip nodeName'),
    targetRef: objectReference,
  }),
);

const endpointSubset = struct('core.v1.EndpointSubset', {
  ...each(listOf(endpointAddress), 'addresses notReadyAddresses'),
  ports: listOf(endpointPort),
});

export const endpoints: Struct = struct('core.v1.Endpoints', {
  ...each(string, 'apiVersion kind'),
  metadata: objectMeta,
  subsets: listOf(endpointSubset),
});
