import { apiVersionOf, type ResourceType } from '@portolan/store';

import type { Struct } from '../schema/schema.ts';
import { configMap } from './config-map.ts';
import { cronJob } from './cron-job.ts';
import { daemonSet } from './daemon-set.ts';
import { deployment } from './deployment.ts';
import { endpointSlice } from './endpoint-slice.ts';
import { endpoints } from './endpoints.ts';
import { ingressClass } from './ingress-class.ts';
import { ingress } from './ingress.ts';
import { job } from './job.ts';
import { lease } from './lease.ts';
import { namespace } from './namespace.ts';
import { node } from './node.ts';
import { pod } from './pod.ts';
import { replicaSet } from './replica-set.ts';
import { replicationController } from './replication-controller.ts';
import { scale } from './scale.ts';
import { secret } from './secret.ts';
import { service } from './service.ts';
import { statefulSet } from './stateful-set.ts';

const KINDS: ReadonlyMap<string, Struct> = new Map([
  ['v1 ConfigMap', configMap],
  ['v1 Endpoints', endpoints],
  ['v1 Namespace', namespace],
  ['v1 Node', node],
  ['v1 Pod', pod],
  ['v1 ReplicationController', replicationController],
  ['v1 Secret', secret],
  ['v1 Service', service],
  ['apps/v1 DaemonSet', daemonSet],
  ['apps/v1 Deployment', deployment],
  ['apps/v1 ReplicaSet', replicaSet],
  ['apps/v1 StatefulSet', statefulSet],
  ['autoscaling/v1 Scale', scale],
  ['batch/v1 CronJob', cronJob],
  ['batch/v1 Job', job],
  ['coordination.k8s.io/v1 Lease', lease],
  ['discovery.k8s.io/v1 EndpointSlice', endpointSlice],
  ['networking.k8s.io/v1 Ingress', ingress],
  ['networking.k8s.io/v1 IngressClass', ingressClass],
]);

/** The fields that a kind has, with how they are patched and owned. Throws for a kind that isn't served. */
export function schemaOf(type: Pick<ResourceType, 'group' | 'kind' | 'version'>): Struct {
  const schema = KINDS.get(`${apiVersionOf(type)} ${type.kind}`);
  if (schema === undefined) throw new Error(`no schema of ${apiVersionOf(type)} ${type.kind}`);
  return schema;
}
