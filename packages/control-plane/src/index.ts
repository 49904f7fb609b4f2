export type { ControlPlane, ControlPlaneOptions } from './control-plane/control-plane.ts';
export { controlPlaneLayer, ResourceAPI } from './control-plane/control-plane-layer.ts';
export { createControlPlane } from './control-plane/create-control-plane.ts';
export type { EntranceAddress } from './controllers/ingress-status/ingress-status-controller.ts';
export type { Controller, Reconciled } from './controllers/controller/controller.ts';
export { controllersLayer } from './controllers/controllers-layer.ts';
export type { SnapshotFeed } from './feed/snapshot-feed.ts';
export type { Holdoff } from './publisher/holdoff.ts';
export { Publisher, publisherLayer, type PublisherOptions } from './publisher/publisher.ts';
export { Settlement, settlementLayer } from './settlement/settlement.ts';
export { ControlPlaneStore } from './store/control-plane-store.ts';
export { Warnings } from './warnings/warnings.ts';
export {
  besideGateway,
  type BesideGateway,
  type SwappableGateway,
} from './beside/beside-gateway.ts';
export type { AppliedManifests, ApplyManifests } from './manifests/apply-manifests.ts';
export { mayHastenExpiry, nextExpiry } from './leases/next-expiry.ts';
export type {
  LoadBalancerProvider,
  LoadBalancerRequest,
  Provision,
} from './load-balancers/provider.ts';
export {
  loadBalancersLayer,
  type LoadBalancersOptions,
} from './load-balancers/load-balancers-layer.ts';
export { staticLoadBalancers } from './load-balancers/static-load-balancers.ts';
