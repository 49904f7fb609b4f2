import { each, object, type Schema } from '../schema/object.ts';
import { string } from '../schema/values.ts';
import { objectMeta } from './meta.ts';

const ingressClassParametersReference = object({
  ...each(string, 'kind name namespace apiGroup scope'),
});

const ingressClassSpec = object({
  controller: string,
  parameters: ingressClassParametersReference,
});

export const ingressClass: Schema = object({
  ...each(string, 'apiVersion kind'),
  metadata: objectMeta,
  spec: ingressClassSpec,
});
