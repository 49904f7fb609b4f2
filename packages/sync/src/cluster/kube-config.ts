import { KubeConfig } from '@kubernetes/client-node';

/** Which cluster, and as whom. */
export interface ClusterOptions {
  /**
   * A kubeconfig file. By default what kubectl takes: `KUBECONFIG`, `~/.kube/config`, and within a cluster the service
   * account of the Pod.
   */
  readonly kubeconfig?: string;
  /** A context of it; by default its current one. */
  readonly context?: string;
}

/**
 * Reads credentials, and where they are for.
 *
 * @throws where there is no such file, context or cluster.
 */
export function loadKubeConfig({ kubeconfig, context }: ClusterOptions): KubeConfig {
  const config = new KubeConfig();
  if (kubeconfig === undefined) config.loadFromDefault();
  else config.loadFromFile(kubeconfig);
  if (context !== undefined) {
    if (config.getContextObject(context) === null) {
      throw new Error(`the kubeconfig has no context ${JSON.stringify(context)}`);
    }
    config.setCurrentContext(context);
  }
  const cluster = config.getCurrentCluster();
  if (cluster === null) {
    throw new Error(`the context ${JSON.stringify(config.getCurrentContext())} names no cluster`);
  }
  // What the library falls back to where there is nothing, and what it would refuse with each request.
  if (cluster.server.startsWith('http:') && !cluster.skipTLSVerify) {
    throw new Error(
      `there is no kubeconfig, or it says ${cluster.server}: without TLS a cluster is only followed where insecure-skip-tls-verify is set`,
    );
  }
  return config;
}
