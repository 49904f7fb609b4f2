export * from '@portolan/gateway';
export * from './portolan/portolan.ts';
export {
  compile,
  defaultRouteProviders,
  defaultServiceTypes,
  type Compiled,
  type CompileOptions,
  type ManifestInput,
  type PluginOptions,
} from '@portolan/compile';
export { decide } from '@portolan/engine';
export type { DecidedRoute, Decision, Snapshot } from '@portolan/engine';
export { formatDiagnostic } from '@portolan/manifests';
export type { Diagnostic, ManifestSource } from '@portolan/manifests';
export { serviceBinding, url, vpcNetwork } from '@portolan/proxy';
export type { Dialer, Exchange, HostRequest, Trust } from '@portolan/proxy';
export type { TrafficSettings } from '@portolan/settings';
export { accessLog, createMetrics } from '@portolan/telemetry';
