import { each, object, type Schema } from '../schema/object.ts';
import { int32, microTime, string } from '../schema/values.ts';
import { objectMeta } from './meta.ts';

const leaseSpec = object({
  ...each(microTime, 'acquireTime renewTime'),
  ...each(string, 'holderIdentity preferredHolder strategy'),
  ...each(int32, 'leaseDurationSeconds leaseTransitions'),
});

export const lease: Schema = object({
  ...each(string, 'apiVersion kind'),
  metadata: objectMeta,
  spec: leaseSpec,
});
