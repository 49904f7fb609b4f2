import { each, object, type Schema } from '../schema/object.ts';
import { int32, listOf, string, stringOmitEmpty } from '../schema/values.ts';
import { objectMeta, objectReference } from './meta.ts';

const endpointPort = object({
  appProtocol: string,
  ...each(stringOmitEmpty, 'name protocol'),
  port: int32,
});

const endpointAddress = object({
  hostname: stringOmitEmpty,
  ...each(string, 'ip nodeName'),
  targetRef: objectReference,
});

const endpointSubset = object({
  ...each(listOf(endpointAddress), 'addresses notReadyAddresses'),
  ports: listOf(endpointPort),
});

export const endpoints: Schema = object({
  ...each(string, 'apiVersion kind'),
  metadata: objectMeta,
  subsets: listOf(endpointSubset),
});
