import { each, object, type Schema } from '../schema/object.ts';
import {
  boolean,
  int32,
  int32OmitEmpty,
  intOrStringOmitEmpty,
  listOf,
  string,
  stringMap,
  stringOmitEmpty,
  strings,
} from '../schema/values.ts';
import { condition, objectMeta } from './meta.ts';

const servicePort = object({
  appProtocol: string,
  ...each(stringOmitEmpty, 'name protocol'),
  nodePort: int32OmitEmpty,
  port: int32,
  targetPort: intOrStringOmitEmpty,
});

const clientIPConfig = object({ timeoutSeconds: int32 });

const sessionAffinityConfig = object({ clientIP: clientIPConfig });

const serviceSpec = object({
  ...each(boolean, 'allocateLoadBalancerNodePorts publishNotReadyAddresses'),
  ...each(
    stringOmitEmpty,
    'clusterIP externalName externalTrafficPolicy loadBalancerIP sessionAffinity type',
  ),
  ...each(strings, 'clusterIPs externalIPs ipFamilies loadBalancerSourceRanges'),
  healthCheckNodePort: int32OmitEmpty,
  ...each(string, 'internalTrafficPolicy ipFamilyPolicy loadBalancerClass trafficDistribution'),
  ports: listOf(servicePort),
  selector: stringMap,
  sessionAffinityConfig,
});

const portStatus = object({ ...each(string, 'error protocol'), port: int32 });

const loadBalancerIngress = object({
  ...each(string, 'hostname ip ipMode'),
  ports: listOf(portStatus),
});

const loadBalancerStatus = object({ ingress: listOf(loadBalancerIngress) });

const serviceStatus = object({ conditions: listOf(condition), loadBalancer: loadBalancerStatus });

export const service: Schema = object({
  ...each(string, 'apiVersion kind'),
  metadata: objectMeta,
  spec: serviceSpec,
  status: serviceStatus,
});
