import { each, object, type Schema } from '../schema/object.ts';
import {
  boolean,
  int32,
  int64,
  listOf,
  quantities,
  string,
  strings,
  time,
} from '../schema/values.ts';
import { objectMeta } from './meta.ts';

const configMapNodeConfigSource = object({
  ...each(string, 'name namespace kubeletConfigKey resourceVersion uid'),
});

const nodeConfigSource = object({ configMap: configMapNodeConfigSource });

const taint = object({ ...each(string, 'effect key value'), timeAdded: time });

const nodeSpec = object({
  configSource: nodeConfigSource,
  ...each(string, 'externalID podCIDR providerID'),
  podCIDRs: strings,
  taints: listOf(taint),
  unschedulable: boolean,
});

const nodeAddress = object({ ...each(string, 'address type') });

const nodeCondition = object({
  ...each(time, 'lastHeartbeatTime lastTransitionTime'),
  ...each(string, 'message reason status type'),
});

const attachedVolume = object({ ...each(string, 'name devicePath') });

const containerImage = object({ names: strings, sizeBytes: int64 });

const daemonEndpoint = object({ Port: int32 });

const nodeDaemonEndpoints = object({ kubeletEndpoint: daemonEndpoint });

const nodeConfigStatus = object({
  ...each(nodeConfigSource, 'active assigned lastKnownGood'),
  error: string,
});

const nodeFeatures = object({ supplementalGroupsPolicy: boolean });

const nodeRuntimeHandlerFeatures = object({
  ...each(boolean, 'recursiveReadOnlyMounts userNamespaces'),
});

const nodeRuntimeHandler = object({ features: nodeRuntimeHandlerFeatures, name: string });

const nodeSwapStatus = object({ capacity: int64 });

const nodeSystemInfo = object({
  ...each(string, 'architecture bootID machineID operatingSystem osImage systemUUID'),
  ...each(string, 'containerRuntimeVersion kernelVersion kubeProxyVersion kubeletVersion'),
  swap: nodeSwapStatus,
});

const nodeStatus = object({
  addresses: listOf(nodeAddress),
  ...each(quantities, 'allocatable capacity'),
  conditions: listOf(nodeCondition),
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

export const node: Schema = object({
  ...each(string, 'apiVersion kind'),
  metadata: objectMeta,
  spec: nodeSpec,
  status: nodeStatus,
});
