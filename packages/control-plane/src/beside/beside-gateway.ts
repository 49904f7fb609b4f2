import type { Snapshot } from '@portolan/engine';

import type { ControlPlane } from '../control-plane/control-plane.ts';

/** What of a gateway is needed. */
export interface SwappableGateway<Platform> {
  readonly fetch: (request: Request, platform: Platform) => Promise<Response>;
  readonly swap: (snapshot: Snapshot) => void;
}

/** A gateway with a control plane beside it, as one handler for a host. */
export interface BesideGateway<Platform> {
  readonly fetch: (request: Request, platform: Platform) => Promise<Response>;
  /** The gateway keeps the Snapshot that it has. */
  readonly close: () => void;
}

/**
 * Serves a control plane's API beside what a gateway routes: requests to paths below the API's prefix go to the API, in this
 * very spelling and no other, all others to the gateway. The gateway gets each new Snapshot, beginning with the one that
 * there is.
 */
export function besideGateway<Platform>(
  controlPlane: Pick<ControlPlane, 'fetch' | 'prefix' | 'snapshot' | 'subscribe'>,
  gateway: SwappableGateway<Platform>,
): BesideGateway<Platform> {
  const { prefix } = controlPlane;
  gateway.swap(controlPlane.snapshot());
  return {
    fetch: (request, platform) => {
      const { pathname } = new URL(request.url);
      const isAPI = pathname === prefix || pathname.startsWith(`${prefix}/`);
      return isAPI ? controlPlane.fetch(request) : gateway.fetch(request, platform);
    },
    close: controlPlane.subscribe(gateway.swap),
  };
}
