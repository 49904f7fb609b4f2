/** Where requests to an endpoint are addressed to. */
export interface EndpointBase {
  /** Scheme and authority. */
  readonly base: string;
  readonly isSecure: boolean;
  /** As in a URL, without a port that is the scheme's own. */
  readonly host: string;
  /** IPv6 without brackets. */
  readonly hostname: string;
  readonly port: number;
}

export function endpointBase(base: string): EndpointBase {
  const { protocol, host, hostname, port } = new URL(base);
  const isSecure = protocol === 'https:';
  return {
    base,
    isSecure,
    host,
    hostname: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (isSecure ? 443 : 80),
  };
}
