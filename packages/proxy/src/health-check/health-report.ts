/** What active checks found of an endpoint, for operators: when its health changes, and once if it can't be checked. */
export interface HealthReport {
  /** `namespace/name:port` of the Service. */
  readonly port: string;
  /** `address:port`, IPv6 in brackets. */
  readonly endpoint: string;
  /** `Unreachable`: no dialer reaches it from here; it is not taken for unhealthy. */
  readonly reason: 'Healthy' | 'Unhealthy' | 'Unreachable';
  /** What the last check found, or what each dialer said. */
  readonly message: string;
}
