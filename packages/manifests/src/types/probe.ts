import { each, object, type Schema } from '../schema/object.ts';
import { int32, int64, intOrString, listOf, string, strings } from '../schema/values.ts';

const execAction = object({ command: strings });

const grpcAction = object({ port: int32, service: string });

const httpHeader = object({ ...each(string, 'name value') });

const httpGetAction = object({
  ...each(string, 'host path scheme'),
  httpHeaders: listOf(httpHeader),
  port: intOrString,
});

const tcpSocketAction = object({ host: string, port: intOrString });

const sleepAction = object({ seconds: int64 });

const lifecycleHandler = object({
  exec: execAction,
  httpGet: httpGetAction,
  sleep: sleepAction,
  tcpSocket: tcpSocketAction,
});

export const lifecycle: Schema = object({
  ...each(lifecycleHandler, 'postStart preStop'),
  stopSignal: string,
});

export const probe: Schema = object({
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
