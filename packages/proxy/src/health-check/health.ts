import type { ResolvedSettings } from '@portolan/settings';

/** What checks have found of an endpoint so far. */
export interface Health {
  readonly isHealthy: boolean;
  /** Checks in a row that say otherwise. */
  readonly contrary: number;
}

/** An endpoint counts as healthy until it is found otherwise. */
export const HEALTHY: Health = { isHealthy: true, contrary: 0 };

const UNHEALTHY: Health = { isHealthy: false, contrary: 0 };

/** So many checks in a row turn what is held of an endpoint. */
export type Thresholds = Pick<ResolvedSettings, 'healthyThreshold' | 'unhealthyThreshold'>;

/** What is to be held of an endpoint after another check. */
export function afterCheck(
  { isHealthy, contrary }: Health,
  isGood: boolean,
  { healthyThreshold, unhealthyThreshold }: Thresholds,
): Health {
  if (isGood === isHealthy) return isHealthy ? HEALTHY : UNHEALTHY;
  if (contrary + 1 < (isGood ? healthyThreshold : unhealthyThreshold)) {
    return { isHealthy, contrary: contrary + 1 };
  }
  return isGood ? HEALTHY : UNHEALTHY;
}
