import { createServiceTypeRegistry, type Resource, type ServiceType } from '@portolan/core';
import type { RouteProvider } from '@portolan/routing';

import type { Build } from '../build/build.ts';
import type { BuildOptions } from '../build/outline.ts';
import { createLiveBuild } from '../live/create-live-build.ts';
import type { LiveBuild } from '../live/live-build.ts';

/** What an engine is made of. */
export interface EngineOptions {
  /** The Service types there are: one plugin each. */
  readonly serviceTypes: readonly ServiceType[];
  /** The kinds of object that routes are made of. They see no Services, Nodes, Pods, EndpointSlices, Endpoints and Leases. */
  readonly routeProviders: readonly RouteProvider[];
  /** The domain under which Services have their names; `cluster.local` by default. */
  readonly clusterDomain?: string;
  /** The Service that answers what no rule and no object's own default backend does. Without one: 404. */
  readonly defaultBackend?: {
    readonly namespace: string;
    readonly name: string;
    readonly port: number | string;
  };
}

/** Turns resources into Snapshots. */
export interface Engine {
  readonly build: (resources: readonly Resource[]) => Build;
  /** The same for objects that change: a Snapshot that follows them. */
  readonly live: (resources?: Iterable<Resource>) => LiveBuild;
}

/**
 * Puts plugins together.
 *
 * @throws {Error} at once for a wiring fault: a Service type given twice, or one whose base is missing.
 */
export function createEngine(options: EngineOptions): Engine {
  const { routeProviders, clusterDomain = 'cluster.local', defaultBackend } = options;
  const registry = createServiceTypeRegistry(options.serviceTypes);
  const buildOptions: BuildOptions = {
    registry,
    routeProviders,
    clusterDomain,
    ...(defaultBackend && {
      defaultBackend: {
        source: { kind: 'EngineOptions', namespace: '', name: '' },
        field: 'defaultBackend',
        backends: [{ group: '', kind: 'Service', weight: 1, ...defaultBackend }],
      },
    }),
  };
  return {
    build: (resources) => createLiveBuild(resources, buildOptions).build(),
    live: (resources = []) => createLiveBuild(resources, buildOptions),
  };
}
