import { AGE } from './age.ts';
import {
  CONFIG_MAP_COLUMNS,
  LEASE_COLUMNS,
  NAMESPACE_COLUMNS,
  NODE_COLUMNS,
  SECRET_COLUMNS,
} from './cluster.ts';
import type { Column } from './column.ts';
import {
  ENDPOINT_SLICE_COLUMNS,
  ENDPOINTS_COLUMNS,
  INGRESS_CLASS_COLUMNS,
  INGRESS_COLUMNS,
  SERVICE_COLUMNS,
} from './network.ts';
import { POD_COLUMNS } from './pod.ts';
import {
  CRON_JOB_COLUMNS,
  DAEMON_SET_COLUMNS,
  DEPLOYMENT_COLUMNS,
  JOB_COLUMNS,
  REPLICA_SET_COLUMNS,
  REPLICATION_CONTROLLER_COLUMNS,
  SCALE_COLUMNS,
  STATEFUL_SET_COLUMNS,
} from './workload.ts';

const BY_KIND: ReadonlyMap<string, readonly Column[]> = new Map([
  ['ConfigMap', CONFIG_MAP_COLUMNS],
  ['CronJob', CRON_JOB_COLUMNS],
  ['DaemonSet', DAEMON_SET_COLUMNS],
  ['Deployment', DEPLOYMENT_COLUMNS],
  ['EndpointSlice', ENDPOINT_SLICE_COLUMNS],
  ['Endpoints', ENDPOINTS_COLUMNS],
  ['Ingress', INGRESS_COLUMNS],
  ['IngressClass', INGRESS_CLASS_COLUMNS],
  ['Job', JOB_COLUMNS],
  ['Lease', LEASE_COLUMNS],
  ['Namespace', NAMESPACE_COLUMNS],
  ['Node', NODE_COLUMNS],
  ['Pod', POD_COLUMNS],
  ['ReplicaSet', REPLICA_SET_COLUMNS],
  ['ReplicationController', REPLICATION_CONTROLLER_COLUMNS],
  ['Scale', SCALE_COLUMNS],
  ['Secret', SECRET_COLUMNS],
  ['Service', SERVICE_COLUMNS],
  ['StatefulSet', STATEFUL_SET_COLUMNS],
]);

/** What `kubectl get` shows of a kind beside names; of one that it knows nothing of, ages. */
export function columnsOf(kind: string): readonly Column[] {
  return BY_KIND.get(kind) ?? [AGE];
}
