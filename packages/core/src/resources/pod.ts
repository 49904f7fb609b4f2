import type { KubernetesObject, ObjectMeta } from './meta.ts';
import type { Protocol } from './service.ts';

export interface ContainerPort {
  /** An IANA service name (at most 15 characters), unique within the Pod. */
  readonly name?: string;
  readonly containerPort: number;
  readonly protocol?: Protocol;
}

export interface Container {
  readonly name: string;
  readonly ports?: readonly ContainerPort[];
  /** `Always` on an init container makes it a sidecar, whose ports count. */
  readonly restartPolicy?: string;
}

/** `spec` of a Pod, narrowed to what routing reads. Validation of the rest is the manifests' package's. */
export interface PodSpec {
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly hostNetwork?: boolean;
  readonly hostname?: string;
  readonly subdomain?: string;
  readonly nodeName?: string;
  readonly restartPolicy?: 'Always' | 'OnFailure' | 'Never';
}

export interface PodStatus {
  readonly phase?: 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown';
  readonly podIP?: string;
  readonly podIPs?: readonly { readonly ip: string }[];
  readonly hostIP?: string;
  readonly conditions?: readonly {
    readonly type: string;
    readonly status: 'True' | 'False' | 'Unknown';
  }[];
}

/** A group of containers with an IP of its own. */
export interface Pod extends KubernetesObject<'v1', 'Pod'> {
  readonly spec: PodSpec;
  readonly status?: PodStatus;
}

/** The Pod that a workload stamps out. */
export interface PodTemplate {
  readonly metadata?: Partial<ObjectMeta>;
  readonly spec: PodSpec;
}
