export {
  formatDiagnostic,
  type DiagnosedObject,
  type Diagnostic,
} from './diagnostic/diagnostic.ts';
export { formatStatusMessage } from './diagnostic/status-message.ts';
export type {
  Manifest,
  ManifestSource,
  ParsedManifests,
  ParseOptions,
  PassedOver,
} from './parse/manifest.ts';
export { parseManifests } from './parse/parse-manifests.ts';
export type { Position } from './position/line-index.ts';
