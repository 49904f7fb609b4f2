/** A version of a kind that Kubernetes no longer serves. */
export interface Retired {
  /** The `apiVersion` to write instead. */
  readonly replacement: string;
  /** The first release that doesn't serve it. */
  readonly release: string;
}

/** Source: Kubernetes, Deprecated API Migration Guide. */
const RETIRED: ReadonlyMap<string, Retired> = new Map(
  (
    [
      ['apps/v1beta1', 'Deployment StatefulSet', 'apps/v1', '1.16'],
      ['apps/v1beta2', 'DaemonSet Deployment ReplicaSet StatefulSet', 'apps/v1', '1.16'],
      ['batch/v1beta1', 'CronJob', 'batch/v1', '1.25'],
      ['batch/v2alpha1', 'CronJob', 'batch/v1', '1.21'],
      ['coordination.k8s.io/v1beta1', 'Lease', 'coordination.k8s.io/v1', '1.22'],
      ['discovery.k8s.io/v1beta1', 'EndpointSlice', 'discovery.k8s.io/v1', '1.25'],
      ['extensions/v1beta1', 'DaemonSet Deployment ReplicaSet', 'apps/v1', '1.16'],
      ['extensions/v1beta1', 'Ingress', 'networking.k8s.io/v1', '1.22'],
      ['networking.k8s.io/v1beta1', 'Ingress IngressClass', 'networking.k8s.io/v1', '1.22'],
    ] as const
  ).flatMap(([apiVersion, kinds, replacement, release]) =>
    kinds.split(' ').map((kind) => [`${apiVersion} ${kind}`, { replacement, release }] as const),
  ),
);

/** What took the place of `apiVersion` for `kind`, where it is one that is no longer served. */
export function findRetired(apiVersion: string, kind: string): Retired | undefined {
  return RETIRED.get(`${apiVersion} ${kind}`);
}
