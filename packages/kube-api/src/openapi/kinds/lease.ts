import { each, int32, microTime, string, struct, type Struct } from '../schema/schema.ts';
import { objectMeta } from './meta.ts';

const leaseSpec = struct('coordination.v1.LeaseSpec', {
  ...each(microTime, 'acquireTime renewTime'),
  ...each(string, 'holderIdentity preferredHolder strategy'),
  ...each(int32, 'leaseDurationSeconds leaseTransitions'),
});

export const lease: Struct = struct('coordination.v1.Lease', {
  ...each(string, 'apiVersion kind'),
  metadata: objectMeta,
  spec: leaseSpec,
});
