import type { Schema } from '../schema/object.ts';
import { configMap } from '../types/config-map.ts';
import { cronJob } from '../types/cron-job.ts';
import { daemonSet } from '../types/daemon-set.ts';
import { deployment } from '../types/deployment.ts';
import { endpointSlice } from '../types/endpoint-slice.ts';
import { endpoints } from '../types/endpoints.ts';
import { ingressClass } from '../types/ingress-class.ts';
import { ingress } from '../types/ingress.ts';
import { job } from '../types/job.ts';
import { lease } from '../types/lease.ts';
import { namespace } from '../types/namespace.ts';
import { node } from '../types/node.ts';
import { pod } from '../types/pod.ts';
import { replicaSet } from '../types/replica-set.ts';
import { replicationController } from '../types/replication-controller.ts';
import { secret } from '../types/secret.ts';
import { service } from '../types/service.ts';
import { statefulSet } from '../types/stateful-set.ts';
import { validateConfigMap, validateSecret } from '../validation/config-data.ts';
import { validateEndpointSlice } from '../validation/endpoint-slice.ts';
import { validateEndpoints } from '../validation/endpoints.ts';
import type { FieldErrors } from '../validation/field-errors.ts';
import { validateIngressClass } from '../validation/ingress-class.ts';
import { validateIngress } from '../validation/ingress.ts';
import { validateLease } from '../validation/lease.ts';
import { validateNamespace } from '../validation/namespace.ts';
import { validateNode } from '../validation/node.ts';
import { validatePod } from '../validation/pod.ts';
import { validateService } from '../validation/service.ts';
import {
  validateCronJob,
  validateJob,
  validateReplicated,
  validateReplicationController,
} from '../validation/workload.ts';

/** A kind of object that is read. */
export interface Kind {
  readonly schema: Schema;
  /** Whether its objects live in namespaces. */
  readonly namespaced: boolean;
  /**
   * The faults of an object that the schema could read. One without faults is a Resource. Each kind's takes its own
   * draft, which what its schema reads is: hence a method, whose parameter may be narrower than this.
   */
  validate(decoded: unknown): FieldErrors;
}

function namespaced(schema: Schema, validate: Kind['validate']): Kind {
  return { schema, namespaced: true, validate };
}

function clusterScoped(schema: Schema, validate: Kind['validate']): Kind {
  return { schema, namespaced: false, validate };
}

/** Every kind that is read, with the fields that Kubernetes 1.33 through 1.36 has. */
const KINDS: ReadonlyMap<string, Kind> = new Map([
  ['v1 ConfigMap', namespaced(configMap, validateConfigMap)],
  ['v1 Endpoints', namespaced(endpoints, validateEndpoints)],
  ['v1 Namespace', clusterScoped(namespace, validateNamespace)],
  ['v1 Node', clusterScoped(node, validateNode)],
  ['v1 Pod', namespaced(pod, validatePod)],
  ['v1 ReplicationController', namespaced(replicationController, validateReplicationController)],
  ['v1 Secret', namespaced(secret, validateSecret)],
  ['v1 Service', namespaced(service, validateService)],
  ['apps/v1 DaemonSet', namespaced(daemonSet, validateReplicated)],
  ['apps/v1 Deployment', namespaced(deployment, validateReplicated)],
  ['apps/v1 ReplicaSet', namespaced(replicaSet, validateReplicated)],
  ['apps/v1 StatefulSet', namespaced(statefulSet, validateReplicated)],
  ['batch/v1 CronJob', namespaced(cronJob, validateCronJob)],
  ['batch/v1 Job', namespaced(job, validateJob)],
  ['coordination.k8s.io/v1 Lease', namespaced(lease, validateLease)],
  ['discovery.k8s.io/v1 EndpointSlice', namespaced(endpointSlice, validateEndpointSlice)],
  ['networking.k8s.io/v1 Ingress', namespaced(ingress, validateIngress)],
  ['networking.k8s.io/v1 IngressClass', clusterScoped(ingressClass, validateIngressClass)],
]);

export function findKind(apiVersion: string, name: string): Kind | undefined {
  return KINDS.get(`${apiVersion} ${name}`);
}

/**
 * The `apiVersion` that a kind of this name is served as, where `apiVersion` is of one of Kubernetes' own groups and
 * has no such kind. In anyone else's group a kind may be called what it likes.
 */
export function servedAs(apiVersion: string, name: string): string | undefined {
  const keys = [...KINDS.keys()];
  const ours = keys.some((key) => groupOf(key) === groupOf(apiVersion));
  const served = keys.find((key) => key.endsWith(` ${name}`));
  return ours ? served?.slice(0, served.indexOf(' ')) : undefined;
}

/** `apps` of `apps/v1`; empty for the core group, which is written without one. */
function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}
