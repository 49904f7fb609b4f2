/** What the platform tells of the connection that a request came in on. `RequestFacts` are one. */
export interface Connection {
  readonly scheme: 'http' | 'https';
  /** The Host that the client asked for, with or without port; `''` where it sent none. */
  readonly host: string;
  /** The port that the client knocked at, 1–65535. */
  readonly port: number;
  /** An IP literal; absent where the platform doesn't tell. */
  readonly clientAddress?: string;
  /** An id that the request already has and that can be trusted; absent: a new one is given. */
  readonly requestId?: string;
}
