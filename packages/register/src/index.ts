export { RegisterError, type APIAccess } from './api-request/api-request.ts';
export { heartbeat } from './heartbeat/heartbeat.ts';
export type { HeartbeatOptions } from './pod-client/pod-client.ts';
export { register, type RegisterOptions, type Registration } from './register/register.ts';
export type { RegisteredPod, RegisteredPort } from './registered-pod/registered-pod.ts';
export { withdraw } from './withdraw/withdraw.ts';
