declare module '#upstreams' {
  import type { Upstream } from '../upstream.ts';

  /** What the Worker is bundled with. */
  const upstreams: readonly Upstream[];
  export default upstreams;
}
