export {
  formatDiagnostic,
  type DiagnosedObject,
  type Diagnostic,
} from './diagnostic/diagnostic.ts';
export { formatStatusMessage } from './diagnostic/status-message.ts';
export { duplicateFields } from './parse/duplicate-fields.ts';
export type {
  Manifest,
  ManifestSource,
  ParsedManifests,
  ParseOptions,
  PassedOver,
} from './parse/manifest.ts';
export { parseManifests } from './parse/parse-manifests.ts';
export { readResource, type ReadResource } from './parse/read-resource.ts';
export type { Position } from './position/line-index.ts';
