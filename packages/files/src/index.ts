export {
  readManifestFiles,
  type ManifestFiles,
  type ReadManifestFilesOptions,
  type ReadSoFar,
} from './read-manifest-files/read-manifest-files.ts';
