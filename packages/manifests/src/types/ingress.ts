import { each, object, type Schema } from '../schema/object.ts';
import {
  int32,
  int32OmitEmpty,
  listOf,
  string,
  stringOmitEmpty,
  strings,
} from '../schema/values.ts';
import { objectMeta, typedLocalObjectReference } from './meta.ts';

const serviceBackendPort = object({ name: stringOmitEmpty, number: int32OmitEmpty });

const ingressServiceBackend = object({ name: stringOmitEmpty, port: serviceBackendPort });

const ingressBackend = object({
  resource: typedLocalObjectReference,
  service: ingressServiceBackend,
});

const httpIngressPath = object({
  backend: ingressBackend,
  path: stringOmitEmpty,
  pathType: string,
});

const httpIngressRuleValue = object({ paths: listOf(httpIngressPath) });

const ingressRule = object({ host: stringOmitEmpty, http: httpIngressRuleValue });

const ingressTLS = object({ hosts: strings, secretName: stringOmitEmpty });

const ingressSpec = object({
  defaultBackend: ingressBackend,
  ingressClassName: string,
  rules: listOf(ingressRule),
  tls: listOf(ingressTLS),
});

const ingressPortStatus = object({ ...each(string, 'error protocol'), port: int32 });

const ingressLoadBalancerIngress = object({
  ...each(string, 'hostname ip'),
  ports: listOf(ingressPortStatus),
});

const ingressLoadBalancerStatus = object({ ingress: listOf(ingressLoadBalancerIngress) });

const ingressStatus = object({ loadBalancer: ingressLoadBalancerStatus });

export const ingress: Schema = object({
  ...each(string, 'apiVersion kind'),
  metadata: objectMeta,
  spec: ingressSpec,
  status: ingressStatus,
});
