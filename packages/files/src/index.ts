export {
  readManifestFiles,
  type ManifestFiles,
  type ReadManifestFilesOptions,
} from './read-manifest-files/read-manifest-files.ts';
