import { portolan, type CompileOptions, type GatewayOptions } from 'portolan';

import { manifest, pod, service, type KubernetesObject } from '../objects/objects.ts';
import { startEchoPod, type Echo } from './echo-pod.ts';
import { gatewayServer } from './gateway-server.ts';
import { knock, type Answer } from './knock.ts';
import { listen } from './listen.ts';

/** What to start. */
export interface ClusterSpec {
  readonly ingress: KubernetesObject;
  /** Services with a port 8080 called `http`. */
  readonly services: readonly string[];
  /** How many Pods each Service has; one where absent. */
  readonly replicas?: number;
  readonly options?: CompileOptions & GatewayOptions;
}

/** Pods that run, and an Ingress in front of them. */
export interface Cluster {
  /** Sends a request to the Ingress, GET where no method is given. A host of `''` is the address of the Ingress. */
  readonly knock: (request: {
    readonly method?: string;
    readonly host: string;
    readonly path: string;
  }) => Promise<ClusterAnswer>;
  readonly close: () => void;
}

export interface ClusterAnswer extends Answer {
  /** What the Pod saw, where one answered. */
  readonly echo?: Echo;
}

/** The client that knocks. */
export const USER_AGENT = 'portolan-conformance';

/**
 * Starts a local server for each Pod, and one for the Ingress.
 *
 * Every Pod is at 127.0.0.1, the one loopback address that all systems have, at a port of its own; the Services know it by
 * name.
 */
export async function startCluster(spec: ClusterSpec): Promise<Cluster> {
  const { ingress, services, replicas = 1, options } = spec;
  const pods = await Promise.all(
    services.flatMap((name) =>
      Array.from({ length: replicas }, (_, index) => startEchoPod(`${name}-${index}`, name)),
    ),
  );
  const gateway = portolan(
    manifest(
      services.map((name) =>
        service(name, { ports: [{ name: 'http', port: 8080, targetPort: 'http' }] }),
      ),
      pods.map(({ pod: name, service: app, port }) =>
        pod(name, app, { ip: '127.0.0.1', ports: [{ name: 'http', containerPort: port }] }),
      ),
      ingress,
    ),
    options,
  );
  const { port, close } = await listen(gatewayServer(gateway));
  return {
    knock: async ({ method = 'GET', host, path }) => {
      const headers = { host: host || `127.0.0.1:${port}`, 'user-agent': USER_AGENT };
      const answer = await knock(port, method, path, headers);
      if (answer.status !== 200) return answer;
      return { ...answer, echo: JSON.parse(answer.body) };
    },
    close: () => {
      close();
      for (const each of pods) each.close();
    },
  };
}

/** What became of a request, as client and Pod saw it. */
export function seen({ status, echo }: ClusterAnswer): {
  readonly status: number;
  readonly service?: string;
  readonly path?: string;
} {
  return { status, ...(echo && { service: echo.service, path: echo.path }) };
}
