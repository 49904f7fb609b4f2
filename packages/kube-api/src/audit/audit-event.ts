import type { Identity } from '../access/access.ts';
import type { Answer } from '../api/answer.ts';
import type { Target } from '../api/target.ts';
import type { AuditEvent } from './audit.ts';

export interface Audited {
  readonly request: Request;
  readonly requestID: string;
  /** Absent where the path could not be read. */
  readonly target: Target | undefined;
  readonly identity: Identity | undefined;
  readonly answered: Answer;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** As the API server cuts off what a client calls itself, in UTF-16 code units. */
const LONGEST_USER_AGENT = 1024;
/** Longer than any name is. */
const LONGEST_NAME = 253;

/** What the audit log says of a request; `undefined` where it would not have written. */
export function auditEvent(audited: Audited): AuditEvent | undefined {
  const { request, requestID, target, identity, answered, now } = audited;
  const about = target && subjectOf(request, target);
  if (target === undefined || about === undefined) return undefined;
  const { response, status, written } = answered;
  const userAgent = request.headers.get('user-agent');
  return {
    time: new Date(now).toISOString(),
    user: identity?.name ?? '',
    ...(identity && { role: identity.role }),
    ...about,
    ...(written && { name: written.name }),
    code: response.status,
    ...(status?.reason && { reason: status.reason }),
    ...(written?.resourceVersion && { resourceVersion: written.resourceVersion }),
    ...((written?.dryRun ?? target.url.searchParams.has('dryRun')) && { dryRun: true }),
    ...(userAgent !== null && { userAgent: userAgent.slice(0, LONGEST_USER_AGENT) }),
    requestID,
  };
}

type Subject = Pick<AuditEvent, 'name' | 'namespace' | 'resource' | 'subresource' | 'verb'>;

/** What would be written; `undefined` for a request that only reads. */
function subjectOf({ method }: Request, { segments, resource, verb }: Target): Subject | undefined {
  if (segments[0] === 'bulk' && method === 'POST') {
    return { verb: 'update', resource: 'bulk', namespace: '', name: '' };
  }
  if (resource === undefined || verb === undefined) return undefined;
  if (verb === 'get' || verb === 'list' || verb === 'watch') return undefined;
  const { type, namespace, name = '', subresource } = resource;
  return {
    verb,
    resource: type.id,
    namespace: namespace.slice(0, LONGEST_NAME),
    name: name.slice(0, LONGEST_NAME),
    ...(subresource && { subresource }),
  };
}
