import type { KubernetesObject, ObjectMeta } from './meta.ts';
import type { Protocol } from './service.ts';

/** What the addresses of an EndpointSlice are. */
export type AddressType = 'IPv4' | 'IPv6' | 'FQDN';

/** An object that an endpoint stands for, usually a Pod. */
export interface TargetRef {
  readonly kind?: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly uid?: string;
}

export interface EndpointPort {
  /** Names the Service port; absent or empty for an unnamed one. */
  readonly name?: string;
  readonly protocol?: Protocol;
  /** Absent means all ports, which no proxy here can dial. */
  readonly port?: number;
  readonly appProtocol?: string;
}

/** Source: Kubernetes API reference, EndpointSlice v1 discovery.k8s.io. */
export interface EndpointSlice extends KubernetesObject<'discovery.k8s.io/v1', 'EndpointSlice'> {
  readonly addressType: AddressType;
  readonly endpoints?: readonly {
    readonly addresses: readonly string[];
    readonly conditions?: {
      /** Absent means ready. */
      readonly ready?: boolean;
      /** Absent means serving. */
      readonly serving?: boolean;
      /** Absent means not terminating. */
      readonly terminating?: boolean;
    };
    readonly hostname?: string;
    readonly nodeName?: string;
    readonly zone?: string;
    readonly hints?: {
      readonly forZones?: readonly { readonly name: string }[];
      readonly forNodes?: readonly { readonly name: string }[];
    };
    readonly targetRef?: TargetRef;
  }[];
  readonly ports?: readonly EndpointPort[];
}

/** The label by which an EndpointSlice names its Service. */
export const SERVICE_NAME_LABEL = 'kubernetes.io/service-name';

/** The label by which an EndpointSlice names the controller that writes it. */
export const MANAGED_BY_LABEL = 'endpointslice.kubernetes.io/managed-by';

/** The value of that label on EndpointSlices that follow from Pods. */
export const ENDPOINT_SLICE_CONTROLLER = 'endpointslice-controller.k8s.io';

/** The value of that label on EndpointSlices that mirror an Endpoints object. */
export const ENDPOINT_SLICE_MIRRORING_CONTROLLER = 'endpointslicemirroring-controller.k8s.io';

/** The older form, still written by hand for Services without a selector. */
export interface Endpoints extends KubernetesObject<'v1', 'Endpoints'> {
  readonly metadata: ObjectMeta;
  readonly subsets?: readonly {
    readonly addresses?: readonly EndpointsAddress[];
    readonly notReadyAddresses?: readonly EndpointsAddress[];
    readonly ports?: readonly EndpointPort[];
  }[];
}

export interface EndpointsAddress {
  readonly ip: string;
  readonly hostname?: string;
  readonly nodeName?: string;
  readonly targetRef?: TargetRef;
}
