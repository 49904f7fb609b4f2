/** A certificate that a host shows to clients that ask for one of its names. */
export interface TLSCertificate {
  /**
   * In lower case: DNS names, `*.example.com` for names with exactly one more label, and `*` alone for whatever nobody else has,
   * clients that ask for no name included.
   */
  readonly serverNames: readonly string[];
  /** The chain and the private key, PEM. */
  readonly cert: string;
  readonly key: string;
}

/**
 * The certificate for the name that a client asks for (RFC 6066 section 3): one that has the very name, else one with a
 * wildcard in place of its first label (RFC 9525 section 6.3), else the default; the first of several.
 *
 * @param serverName Empty where the client asks for none.
 */
export function certificateFor(
  certificates: readonly TLSCertificate[],
  serverName: string,
): TLSCertificate | undefined {
  const name = serverName.toLowerCase();
  const has = (wanted: string): TLSCertificate | undefined =>
    certificates.find(({ serverNames }) => serverNames.includes(wanted));
  return has(name) ?? has(name.replace(/^[^.]+/, '*')) ?? has('*');
}
