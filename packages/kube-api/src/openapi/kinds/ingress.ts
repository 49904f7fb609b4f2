import {
  atomic,
  each,
  int32,
  listOf,
  string,
  strings,
  struct,
  type Struct,
} from '../schema/schema.ts';
import { objectMeta, typedLocalObjectReference } from './meta.ts';

const serviceBackendPort = atomic(
  struct('networking.v1.ServiceBackendPort', { name: string, number: int32 }),
);

const ingressServiceBackend = struct('networking.v1.IngressServiceBackend', {
  name: string,
  port: serviceBackendPort,
});

const ingressBackend = struct('networking.v1.IngressBackend', {
  resource: typedLocalObjectReference,
  service: ingressServiceBackend,
});

const httpIngressPath = struct('networking.v1.HTTPIngressPath', {
  backend: ingressBackend,
  path: string,
  pathType: string,
});

const httpIngressRuleValue = struct('networking.v1.HTTPIngressRuleValue', {
  paths: listOf(httpIngressPath),
});

const ingressRule = struct('networking.v1.IngressRule', {
  host: string,
  http: httpIngressRuleValue,
});

const ingressTLS = struct('networking.v1.IngressTLS', { hosts: strings, secretName: string });

const ingressSpec = struct('networking.v1.IngressSpec', {
  defaultBackend: ingressBackend,
  ingressClassName: string,
  rules: listOf(ingressRule),
  tls: listOf(ingressTLS),
});

const ingressPortStatus = struct('networking.v1.IngressPortStatus', {
  ...each(string, 'error protocol'),
  port: int32,
});

const ingressLoadBalancerIngress = struct('networking.v1.IngressLoadBalancerIngress', {
  ...each(string, 'hostname ip'),
  ports: listOf(ingressPortStatus),
});

const ingressLoadBalancerStatus = struct('networking.v1.IngressLoadBalancerStatus', {
  ingress: listOf(ingressLoadBalancerIngress),
});

const ingressStatus = struct('networking.v1.IngressStatus', {
  loadBalancer: ingressLoadBalancerStatus,
});

export const ingress: Struct = struct('networking.v1.Ingress', {
  ...each(string, 'apiVersion kind'),
  metadata: objectMeta,
  spec: ingressSpec,
  status: ingressStatus,
});
