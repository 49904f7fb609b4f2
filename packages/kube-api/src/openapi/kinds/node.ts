import {
  boolean,
  each,
  int32,
  int64,
  listMap,
  listOf,
  merging,
  quantities,
  setOf,
  string,
  strings,
  struct,
  time,
  type Struct,
} from '../schema/schema.ts';
import { objectMeta } from './meta.ts';

const configMapNodeConfigSource = struct('core.v1.ConfigMapNodeConfigSource', {
  ...each(string, 'name namespace kubeletConfigKey resourceVersion uid'),
});

const nodeConfigSource = struct('core.v1.NodeConfigSource', {
  configMap: configMapNodeConfigSource,
});

const taint = struct('core.v1.Taint', { ...each(string, 'effect key value'), timeAdded: time });

const nodeSpec = struct('core.v1.NodeSpec', {
  configSource: nodeConfigSource,
  ...each(string, 'externalID podCIDR providerID'),
  podCIDRs: merging(setOf(string), { strategies: ['merge'] }),
  taints: listOf(taint),
  unschedulable: boolean,
});

const nodeAddress = struct('core.v1.NodeAddress', { ...each(string, 'address type') });

const nodeCondition = struct('core.v1.NodeCondition', {
  ...each(time, 'lastHeartbeatTime lastTransitionTime'),
  ...each(string, 'message reason status type'),
});

const attachedVolume = struct('core.v1.AttachedVolume', { ...each(string, 'name devicePath') });

const containerImage = struct('core.v1.ContainerImage', { names: strings, sizeBytes: int64 });

const daemonEndpoint = struct('core.v1.DaemonEndpoint', { Port: int32 });

const nodeDaemonEndpoints = struct('core.v1.NodeDaemonEndpoints', {
  kubeletEndpoint: daemonEndpoint,
});

const nodeConfigStatus = struct('core.v1.NodeConfigStatus', {
  ...each(nodeConfigSource, 'active assigned lastKnownGood'),
  error: string,
});

const nodeFeatures = struct('core.v1.NodeFeatures', { supplementalGroupsPolicy: boolean });

const nodeRuntimeHandlerFeatures = struct('core.v1.NodeRuntimeHandlerFeatures', {
  ...each(boolean, 'recursiveReadOnlyMounts userNamespaces'),
});

const nodeRuntimeHandler = struct('core.v1.NodeRuntimeHandler', {
  features: nodeRuntimeHandlerFeatures,
  name: string,
});

const nodeSwapStatus = struct('core.v1.NodeSwapStatus', { capacity: int64 });

const nodeSystemInfo = struct('core.v1.NodeSystemInfo', {
  ...each(string, 'architecture bootID machineID operatingSystem osImage systemUUID'),
  ...each(string, 'containerRuntimeVersion kernelVersion kubeProxyVersion kubeletVersion'),
  swap: nodeSwapStatus,
});

const nodeStatus = struct('core.v1.NodeStatus', {
  // Kubernetes merges them by type, though a dual-stack node has two of one: as a whole they can be applied.
  addresses: listOf(nodeAddress),
  ...each(quantities, 'allocatable capacity'),
  conditions: listMap(nodeCondition, 'type'),
  config: nodeConfigStatus,
  daemonEndpoints: nodeDaemonEndpoints,
  features: nodeFeatures,
  images: listOf(containerImage),
  nodeInfo: nodeSystemInfo,
  phase: string,
  runtimeHandlers: listOf(nodeRuntimeHandler),
  volumesAttached: listOf(attachedVolume),
  ...each(strings, 'volumesInUse declaredFeatures'),
});

export const node: Struct = struct('core.v1.Node', {
  ...each(string, 'apiVersion kind'),
  metadata: objectMeta,
  spec: nodeSpec,
  status: nodeStatus,
});
