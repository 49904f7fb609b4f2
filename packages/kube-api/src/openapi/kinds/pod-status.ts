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
  struct,
  time,
  type Struct,
} from '../schema/schema.ts';
import { resourceRequirements } from './container.ts';

const containerStateRunning = struct('core.v1.ContainerStateRunning', { startedAt: time });

const containerStateTerminated = struct('core.v1.ContainerStateTerminated', {
  ...each(string, 'containerID message reason'),
  ...each(int32, 'exitCode signal'),
  ...each(time, 'finishedAt startedAt'),
});

const containerStateWaiting = struct('core.v1.ContainerStateWaiting', {
  ...each(string, 'message reason'),
});

const containerState = struct('core.v1.ContainerState', {
  running: containerStateRunning,
  terminated: containerStateTerminated,
  waiting: containerStateWaiting,
});

const linuxContainerUser = struct('core.v1.LinuxContainerUser', {
  ...each(int64, 'gid uid'),
  supplementalGroups: listOf(int64),
});

const containerUser = struct('core.v1.ContainerUser', { linux: linuxContainerUser });

const resourceHealth = struct('core.v1.ResourceHealth', {
  ...each(string, 'health resourceID message'),
});

const resourceStatus = struct('core.v1.ResourceStatus', {
  name: string,
  resources: merging(listMap(resourceHealth, 'resourceID')),
});

const imageVolumeStatus = struct('core.v1.ImageVolumeStatus', { imageRef: string });

const volumeStatus = struct('core.v1.VolumeStatus', { image: imageVolumeStatus });

const volumeMountStatus = struct('core.v1.VolumeMountStatus', {
  ...each(string, 'name mountPath recursiveReadOnly'),
  readOnly: boolean,
  volumeStatus,
});

const containerStatus = struct('core.v1.ContainerStatus', {
  allocatedResources: quantities,
  allocatedResourcesStatus: listMap(resourceStatus, 'name'),
  ...each(string, 'name containerID image imageID stopSignal'),
  ...each(containerState, 'lastState state'),
  ...each(boolean, 'ready started'),
  resources: resourceRequirements,
  restartCount: int32,
  user: containerUser,
  volumeMounts: listMap(volumeMountStatus, 'mountPath'),
});

const containerExtendedResourceRequest = struct('core.v1.ContainerExtendedResourceRequest', {
  ...each(string, 'containerName requestName resourceName'),
});

const podExtendedResourceClaimStatus = struct('core.v1.PodExtendedResourceClaimStatus', {
  requestMappings: listOf(containerExtendedResourceRequest),
  resourceClaimName: string,
});

const nodeAllocatableResourceClaimStatus = struct('core.v1.NodeAllocatableResourceClaimStatus', {
  containers: setOf(string),
  resourceClaimName: string,
  resources: quantities,
});

const hostIP = struct('core.v1.HostIP', { ip: string });

const podIP = struct('core.v1.PodIP', { ip: string });

const podCondition = struct('core.v1.PodCondition', {
  ...each(time, 'lastProbeTime lastTransitionTime'),
  ...each(string, 'message reason status type'),
  observedGeneration: int64,
});

const podResourceClaimStatus = struct('core.v1.PodResourceClaimStatus', {
  ...each(string, 'name resourceClaimName'),
});

export const podStatus: Struct = struct('core.v1.PodStatus', {
  conditions: listMap(podCondition, 'type'),
  ...each(
    listOf(containerStatus),
    'containerStatuses ephemeralContainerStatuses initContainerStatuses',
  ),
  ...each(string, 'hostIP podIP'),
  hostIPs: merging(listOf(hostIP), { strategies: ['merge'], mergeKey: 'ip' }),
  ...each(string, 'message nominatedNodeName phase qosClass reason resize'),
  observedGeneration: int64,
  podIPs: listMap(podIP, 'ip'),
  resourceClaimStatuses: merging(listMap(podResourceClaimStatus, 'name'), {
    strategies: ['merge', 'retainKeys'],
    mergeKey: 'name',
  }),
  startTime: time,
  extendedResourceClaimStatus: podExtendedResourceClaimStatus,
  allocatedResources: quantities,
  nodeAllocatableResourceClaimStatuses: listOf(nodeAllocatableResourceClaimStatus),
  resources: resourceRequirements,
});
