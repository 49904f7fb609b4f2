import {
  each,
  int32,
  int64,
  intOrString,
  listOf,
  string,
  strings,
  struct,
  type Struct,
} from '../schema/schema.ts';

const execAction = struct('core.v1.ExecAction', { command: strings });

const grpcAction = struct('core.v1.GRPCAction', { port: int32, service: string });

const httpHeader = struct('core.v1.HTTPHeader', { ...each(string, 'name value') });

const httpGetAction = struct('core.v1.HTTPGetAction', {
  ...each(string, 'host path scheme'),
  httpHeaders: listOf(httpHeader),
  port: intOrString,
});

const tcpSocketAction = struct('core.v1.TCPSocketAction', { host: string, port: intOrString });

const sleepAction = struct('core.v1.SleepAction', { seconds: int64 });

const lifecycleHandler = struct('core.v1.LifecycleHandler', {
  exec: execAction,
  httpGet: httpGetAction,
  sleep: sleepAction,
  tcpSocket: tcpSocketAction,
});

export const lifecycle: Struct = struct('core.v1.Lifecycle', {
  ...each(lifecycleHandler, 'postStart preStop'),
  stopSignal: string,
});

export const probe: Struct = struct('core.v1.Probe', {
  exec: execAction,
  ...each(
    int32,
    'failureThreshold initialDelaySeconds periodSeconds successThreshold timeoutSeconds',
  ),
  grpc: grpcAction,
  httpGet: httpGetAction,
  tcpSocket: tcpSocketAction,
  terminationGracePeriodSeconds: int64,
});
