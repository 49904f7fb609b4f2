/** One line of the audit log: a request that would write, whatever came of it. */
export interface AuditEvent {
  /** RFC 3339 with milliseconds. */
  readonly time: string;
  /** Empty where no token was good. */
  readonly user: string;
  readonly role?: string;
  readonly verb: 'create' | 'delete' | 'deletecollection' | 'patch' | 'update';
  readonly resource: string;
  readonly subresource?: string;
  readonly namespace: string;
  readonly name: string;
  /** What was answered. */
  readonly code: number;
  readonly reason?: string;
  /** The object's revision after the write. */
  readonly resourceVersion?: string;
  readonly dryRun?: true;
  readonly userAgent?: string;
  readonly requestID: string;
}
