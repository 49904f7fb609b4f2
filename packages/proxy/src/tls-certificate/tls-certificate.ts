/** A certificate that a host shows to clients that ask for one of its names. */
export interface TLSCertificate {
  /** In lower case: DNS names, and `*.example.com` for names with exactly one more label. */
  readonly serverNames: readonly string[];
  /** The chain and the private key, PEM. */
  readonly cert: string;
  readonly key: string;
}

/**
 * The certificate for the name that a client asks for (RFC 6066 section 3): one that has the very name, else one with a
 * wildcard in place of its first label (RFC 9525 section 6.3), the first of several.
 */
export function certificateFor(
  certificates: readonly TLSCertificate[],
  serverName: string,
): TLSCertificate | undefined {
  const name = serverName.toLowerCase();
  const wildcard = name.replace(/^[^.]+/, '*');
  return (
    certificates.find(({ serverNames }) => serverNames.includes(name)) ??
    certificates.find(({ serverNames }) => serverNames.includes(wildcard))
  );
}
