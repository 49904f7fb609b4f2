/**
 * What a token is good for. `read`: get, list, watch of everything but Secrets. `register`: registers Pods of its own with their
 * Leases, and nothing else. `admin`: everything.
 */
export type Role = 'admin' | 'read' | 'register';

/** Who may call the API. */
export interface Token {
  /** Stands in the audit log: `ci`, `shop-pods`. No other token's; for `register`, a label's value. */
  readonly name: string;
  readonly role: Role;
  /** A b64token (RFC 6750 section 2.1) of at least 16 characters. */
  readonly token: string;
  /** The namespaces that it is good for; absent: all; none: nothing. */
  readonly namespaces?: readonly string[];
  /** For `register`: blocks that Pods' addresses must lie in; by default any but loopback, link-local, multicast and unspecified ones. */
  readonly addresses?: readonly string[];
}

/** Who calls. */
export type Identity = Omit<Token, 'token'>;
