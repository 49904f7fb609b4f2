import type { Snapshot } from '@portolan/engine';

import { createEntrance, type Entrance } from '../entrances/entrance.ts';
import type { HostFault, HostFrontend, HostRuntime, HTTPListener } from '../host/host.ts';
import { healthCheckResponse, healthChecksAt, type HealthCheckAt } from './health-check.ts';

/** The health check node ports of Services while they are open. */
export interface HealthCheckPorts {
  /** Opens and closes what the Snapshot wants. */
  readonly update: () => Promise<void>;
  readonly frontends: () => readonly HostFrontend[];
  readonly faults: () => readonly HostFault[];
  readonly close: () => Promise<void>;
}

export interface HealthCheckPortsOptions {
  readonly runtime: HostRuntime;
  readonly snapshot: () => Snapshot;
  readonly nodeAddresses: readonly string[];
  readonly isDraining: () => boolean;
}

/** What each node port is told by its own Service. */
export function openHealthCheckPorts(options: HealthCheckPortsOptions): HealthCheckPorts {
  const { runtime, snapshot, nodeAddresses, isDraining } = options;
  const open = new Map<string, Entrance<HTTPListener>>();
  const entrance = (at: HealthCheckAt): Entrance<HTTPListener> => {
    const { address: hostname, port, service } = at;
    return createEntrance({ kind: 'health-check', protocol: 'TCP', hostname, port, service }, () =>
      runtime.serve(async () => healthCheckResponse(snapshot(), at, isDraining()), {
        hostname,
        port,
        drain: 0,
      }),
    );
  };
  const all = <Item>(of: (each: Entrance<HTTPListener>) => readonly Item[]): readonly Item[] =>
    Array.from(open.values()).flatMap(of);
  const closeAll = async (keys: Iterable<string>): Promise<void> => {
    const closing = Array.from(keys, async (key) => {
      const each = open.get(key);
      open.delete(key);
      await each?.close();
    });
    await Promise.all(closing);
  };
  return {
    update: async () => {
      const wanted = new Map(
        healthChecksAt(snapshot(), nodeAddresses).map((at) => [
          `${at.address} ${at.port} ${at.service}`,
          at,
        ]),
      );
      await closeAll(Array.from(open.keys()).filter((key) => !wanted.has(key)));
      for (const [key, at] of wanted) if (!open.has(key)) open.set(key, entrance(at));
      await Promise.all(Array.from(open.values(), (each) => each.open()));
    },
    frontends: () => all((each) => each.frontends()),
    faults: () => all((each) => each.faults()),
    close: () => closeAll(open.keys()),
  };
}
