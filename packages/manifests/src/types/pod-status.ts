import { each, object, type Schema } from '../schema/object.ts';
import {
  boolean,
  int32,
  int64,
  listOf,
  quantities,
  string,
  stringOmitEmpty,
  strings,
  time,
} from '../schema/values.ts';
import { resourceRequirements } from './container.ts';

const containerStateRunning = object({ startedAt: time });

const containerStateTerminated = object({
  ...each(string, 'containerID message reason'),
  ...each(int32, 'exitCode signal'),
  ...each(time, 'finishedAt startedAt'),
});

const containerStateWaiting = object({ ...each(string, 'message reason') });

const containerState = object({
  running: containerStateRunning,
  terminated: containerStateTerminated,
  waiting: containerStateWaiting,
});

const linuxContainerUser = object({ ...each(int64, 'gid uid'), supplementalGroups: listOf(int64) });

const containerUser = object({ linux: linuxContainerUser });

const resourceHealth = object({ ...each(string, 'health resourceID message') });

const resourceStatus = object({ name: string, resources: listOf(resourceHealth) });

const imageVolumeStatus = object({ imageRef: string });

const volumeStatus = object({ image: imageVolumeStatus });

const volumeMountStatus = object({
  ...each(string, 'name mountPath recursiveReadOnly'),
  readOnly: boolean,
  volumeStatus,
});

const containerStatus = object({
  allocatedResources: quantities,
  allocatedResourcesStatus: listOf(resourceStatus),
  ...each(string, 'name containerID image imageID stopSignal'),
  ...each(containerState, 'lastState state'),
  ...each(boolean, 'ready started'),
  resources: resourceRequirements,
  restartCount: int32,
  user: containerUser,
  volumeMounts: listOf(volumeMountStatus),
});

const containerExtendedResourceRequest = object({
  ...each(string, 'containerName requestName resourceName'),
});

const podExtendedResourceClaimStatus = object({
  requestMappings: listOf(containerExtendedResourceRequest),
  resourceClaimName: string,
});

const nodeAllocatableResourceClaimStatus = object({
  containers: strings,
  resourceClaimName: string,
  resources: quantities,
});

const hostIP = object({ ip: string });

const podIP = object({ ip: string });

const podCondition = object({
  ...each(time, 'lastProbeTime lastTransitionTime'),
  ...each(string, 'message reason status type'),
  observedGeneration: int64,
});

const podResourceClaimStatus = object({ ...each(string, 'name resourceClaimName') });

export const podStatus: Schema = object({
  conditions: listOf(podCondition),
  ...each(
    listOf(containerStatus),
    'containerStatuses ephemeralContainerStatuses initContainerStatuses',
  ),
  ...each(stringOmitEmpty, 'hostIP podIP'),
  hostIPs: listOf(hostIP),
  ...each(string, 'message nominatedNodeName phase qosClass reason resize'),
  observedGeneration: int64,
  podIPs: listOf(podIP),
  resourceClaimStatuses: listOf(podResourceClaimStatus),
  startTime: time,
  extendedResourceClaimStatus: podExtendedResourceClaimStatus,
  allocatedResources: quantities,
  nodeAllocatableResourceClaimStatuses: listOf(nodeAllocatableResourceClaimStatus),
  resources: resourceRequirements,
});
