declare module '#snapshot' {
  import type { Snapshot } from '@portolan/engine';

  /** What `dev/compile.ts` made of the manifests. */
  const snapshot: Snapshot;
  export default snapshot;
}
