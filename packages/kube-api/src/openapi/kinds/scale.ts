import type { ResourceType } from '@portolan/store';

import { each, int32, string, struct, type Struct } from '../schema/schema.ts';
import { objectMeta } from './meta.ts';

/** What a subresource `scale` is read and written as. Kubernetes API reference, Scale v1 autoscaling. */
export const SCALE_TYPE: ResourceType = {
  id: 'scales.autoscaling',
  group: 'autoscaling',
  version: 'v1',
  kind: 'Scale',
  plural: 'scales',
  singular: 'scale',
  shortNames: [],
  categories: [],
  namespaced: true,
  status: false,
  scale: false,
};

const scaleSpec = struct('autoscaling.v1.ScaleSpec', { replicas: int32 });

const scaleStatus = struct('autoscaling.v1.ScaleStatus', { replicas: int32, selector: string });

export const scale: Struct = struct('autoscaling.v1.Scale', {
  ...each(string, 'apiVersion kind'),
  metadata: objectMeta,
  spec: scaleSpec,
  status: scaleStatus,
});
