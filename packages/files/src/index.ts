export {
  readManifestFiles,
  type ManifestFiles,
  type ReadManifestFilesOptions,
  type ReadSoFar,
} from './read-manifest-files/read-manifest-files.ts';
export { watchPaths, type WatchOptions } from './watch/watch-paths.ts';
export { whileStill, type StillOptions } from './watch/while-still.ts';
