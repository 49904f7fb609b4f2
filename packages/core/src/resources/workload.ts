import type { KubernetesObject, Labels } from './meta.ts';
import type { PodTemplate } from './pod.ts';

/** The kinds that carry a Pod template. */
export type WorkloadKind =
  | 'Deployment'
  | 'StatefulSet'
  | 'DaemonSet'
  | 'ReplicaSet'
  | 'ReplicationController'
  | 'Job'
  | 'CronJob';

/** A label selector in its object form. */
export interface LabelSelector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}

/** `spec` of a workload, narrowed to what says which Pods there will be. */
export interface WorkloadSpec {
  /** 1 by default. */
  readonly replicas?: number;
  /** The object form, except for a ReplicationController, whose selector is a plain map. */
  readonly selector?: LabelSelector | Labels;
  /** Of a StatefulSet: the headless Service that names its Pods. */
  readonly serviceName?: string;
  /** Of a Job: how many Pods run at once, 1 by default. */
  readonly parallelism?: number;
  /** Of a StatefulSet: the number of the first Pod, 0 by default. */
  readonly ordinals?: { readonly start?: number };
  /** Absent for a CronJob, which has a `jobTemplate`, and possible to leave out of a ReplicationController. */
  readonly template?: PodTemplate;
  /** Of a CronJob. */
  readonly jobTemplate?: { readonly spec: { readonly template: PodTemplate } };
}

/** A kind that makes Pods from a template. */
export interface Workload extends KubernetesObject<string, WorkloadKind> {
  readonly spec: WorkloadSpec;
}
