import {
  atomic,
  boolean,
  each,
  int32,
  intOrString,
  listMap,
  listOf,
  string,
  stringMap,
  strings,
  struct,
  withDefault,
  type Struct,
} from '../schema/schema.ts';
import { condition, objectMeta } from './meta.ts';

const servicePort = struct('core.v1.ServicePort', {
  appProtocol: string,
  name: string,
  nodePort: int32,
  port: int32,
  protocol: withDefault(string, 'TCP'),
  targetPort: intOrString,
});

const clientIPConfig = struct('core.v1.ClientIPConfig', { timeoutSeconds: int32 });

const sessionAffinityConfig = struct('core.v1.SessionAffinityConfig', { clientIP: clientIPConfig });

const serviceSpec = struct('core.v1.ServiceSpec', {
  ...each(boolean, 'allocateLoadBalancerNodePorts publishNotReadyAddresses'),
  ...each(
    string,
    'clusterIP externalName externalTrafficPolicy loadBalancerIP sessionAffinity type',
  ),
  ...each(strings, 'clusterIPs externalIPs ipFamilies loadBalancerSourceRanges'),
  healthCheckNodePort: int32,
  ...each(string, 'internalTrafficPolicy ipFamilyPolicy loadBalancerClass trafficDistribution'),
  ports: listMap(servicePort, 'port protocol'),
  selector: atomic(stringMap),
  sessionAffinityConfig,
});

const portStatus = struct('core.v1.PortStatus', { ...each(string, 'error protocol'), port: int32 });

const loadBalancerIngress = struct('core.v1.LoadBalancerIngress', {
  ...each(string, 'hostname ip ipMode'),
  ports: listOf(portStatus),
});

const loadBalancerStatus = struct('core.v1.LoadBalancerStatus', {
  ingress: listOf(loadBalancerIngress),
});

const serviceStatus = struct('core.v1.ServiceStatus', {
  conditions: listMap(condition, 'type'),
  loadBalancer: loadBalancerStatus,
});

export const service: Struct = struct('core.v1.Service', {
  ...each(string, 'apiVersion kind'),
  metadata: objectMeta,
  spec: serviceSpec,
  status: serviceStatus,
});
