import { each, string, struct, type Struct } from '../schema/schema.ts';
import { objectMeta } from './meta.ts';

const ingressClassParametersReference = struct('networking.v1.IngressClassParametersReference', {
  ...each(string, 'kind name namespace apiGroup scope'),
});

const ingressClassSpec = struct('networking.v1.IngressClassSpec', {
  controller: string,
  parameters: ingressClassParametersReference,
});

export const ingressClass: Struct = struct('networking.v1.IngressClass', {
  ...each(string, 'apiVersion kind'),
  metadata: objectMeta,
  spec: ingressClassSpec,
});
