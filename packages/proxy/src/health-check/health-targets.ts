import { authority, eligibleEndpoints, type Endpoint } from '@portolan/core';
import {
  servicesOf,
  servicePort,
  serviceSettings,
  type DecidedService,
  type SettingsOptions,
  type Snapshot,
} from '@portolan/engine';
import type { ResolvedSettings } from '@portolan/settings';

import type { Thresholds } from './health.ts';

/** How an endpoint is checked. Times are milliseconds. */
interface CheckSettings extends Thresholds {
  readonly path: string;
  readonly interval: number;
  readonly timeout: number;
}

/** An endpoint that is to be checked, for one Service port. */
export interface HealthTarget {
  /** `namespace/name:port`. */
  readonly port: string;
  /** `address:port`, IPv6 in brackets. */
  readonly authority: string;
  readonly endpoint: Endpoint;
  readonly service: DecidedService;
  readonly settings: CheckSettings;
}

/**
 * The endpoints to be checked, by Service port and authority: behind the TCP ports of every Service with a `healthPath`,
 * all that may be sent requests, on whatever node. These are the ready ones, or else those that serve while they terminate,
 * of the IP family that is used.
 */
export function healthTargets(
  snapshot: Pick<Snapshot, 'services'>,
  options: SettingsOptions,
): ReadonlyMap<string, HealthTarget> {
  const targets = new Map<string, HealthTarget>();
  for (const each of servicesOf(snapshot)) {
    const settings = checkSettings(serviceSettings(each, options));
    if (settings === undefined || each.refusal !== undefined) continue;
    const { namespace, name, ipFamilies: families } = each;
    for (const { name: portName, port: number, protocol, appProtocol, endpoints } of each.ports) {
      if (protocol !== 'TCP') continue;
      const service = {
        namespace,
        name,
        port: number,
        portName,
        ...(appProtocol !== undefined && { appProtocol }),
      };
      const port = servicePort(service);
      for (const endpoint of eligibleEndpoints(endpoints, { trafficPolicy: 'Cluster', families })) {
        const at = authority(endpoint.address, endpoint.port);
        targets.set(`${port} ${at}`, { port, authority: at, endpoint, service, settings });
      }
    }
  }
  return targets;
}

/** Whether both are checked alike, so that what was found holds on. */
export function isCheckedAlike(one: HealthTarget, other: HealthTarget): boolean {
  const { path, interval, timeout, healthyThreshold, unhealthyThreshold } = one.settings;
  return (
    path === other.settings.path &&
    interval === other.settings.interval &&
    timeout === other.settings.timeout &&
    healthyThreshold === other.settings.healthyThreshold &&
    unhealthyThreshold === other.settings.unhealthyThreshold &&
    one.service.appProtocol === other.service.appProtocol
  );
}

function checkSettings(settings: ResolvedSettings): CheckSettings | undefined {
  const { healthPath: path, healthInterval: interval, healthTimeout: timeout } = settings;
  const { healthyThreshold, unhealthyThreshold } = settings;
  return path === undefined
    ? undefined
    : { path, interval, timeout, healthyThreshold, unhealthyThreshold };
}
