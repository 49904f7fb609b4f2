export * from './access-log/access-log.ts';
export { accessLogLine } from './access-log/access-log-line.ts';
export * from './metrics/endpoint-gauges.ts';
export * from './metrics/metrics.ts';
export * from './tracing/tracing.ts';
