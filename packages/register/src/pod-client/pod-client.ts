import {
  checkAccess,
  RegisterError,
  requestAPI,
  textOf,
  type APIAccess,
  type APIRequest,
} from '../api-request/api-request.ts';
import {
  DEFAULT_LEASE_DURATION_SECONDS,
  DEFAULT_NAMESPACE,
  leaseObject,
  leaseSpec,
  podObject,
  readyCondition,
  type RegisteredPod,
} from '../registered-pod/registered-pod.ts';

/** Writes one Pod and its Lease. Everything throws `RegisterError`, and may be done again. */
export interface PodClient {
  /** Milliseconds for which the Lease holds. */
  readonly duration: number;
  /** Writes both, whether they are there or not. A Pod that can't become this one is replaced. */
  readonly create: (isReady: boolean) => Promise<void>;
  /** Renews the Lease; false where there is none. */
  readonly renew: () => Promise<boolean>;
  /** Says whether the Pod is ready; false where there is no Pod. */
  readonly setReady: (isReady: boolean) => Promise<boolean>;
  /** Deletes both. */
  readonly remove: () => Promise<void>;
}

export interface HeartbeatOptions extends APIAccess, RegisteredPod {
  /** Milliseconds since 1970; `Date.now` by default. */
  readonly now?: () => number;
}

/** Milliseconds that an answer may take at most. */
const LONGEST_TIMEOUT = 10_000;

const APPLY = 'fieldManager=portolan-register&force=true';

/**
 * @param signal Aborts what is under way.
 * @throws {TypeError} where `url` is none or holds a password, or `token` can't be sent.
 */
export function podClient(options: HeartbeatOptions, signal?: AbortSignal): PodClient {
  const { name, namespace = DEFAULT_NAMESPACE, now = Date.now } = options;
  const duration = (options.leaseDurationSeconds ?? DEFAULT_LEASE_DURATION_SECONDS) * 1000;
  // Otherwise it would be found out, and tried again, with each heartbeat.
  const url = checkAccess(options);
  const parent = encodeURIComponent(namespace);
  const child = encodeURIComponent(name);
  const pod = `/api/v1/namespaces/${parent}/pods/${child}`;
  const lease = `/apis/coordination.k8s.io/v1/namespaces/${parent}/leases/${child}`;

  const request = (
    what: Pick<APIRequest, 'body' | 'contentType' | 'method' | 'path'>,
  ): Promise<unknown> =>
    requestAPI(
      { ...options, url },
      {
        ...what,
        timeout: Math.floor(Math.min(duration / 3, LONGEST_TIMEOUT)),
        ...(signal && { signal }),
      },
    );
  const apply = (path: string, body: object): Promise<unknown> =>
    request({
      method: 'PATCH',
      path: `${path}?${APPLY}`,
      contentType: 'application/apply-patch+yaml',
      body,
    });
  const merge = (path: string, body: object): Promise<boolean> =>
    ifThere(request({ method: 'PATCH', path, contentType: 'application/merge-patch+json', body }));

  const applyPod = (isReady: boolean): Promise<unknown> =>
    apply(pod, podObject(options, isReady, now()));
  const remove = async (): Promise<void> => {
    await ifThere(request({ method: 'DELETE', path: pod }));
    await ifThere(request({ method: 'DELETE', path: lease }));
  };

  return {
    duration,
    create: async (isReady) => {
      const created = await applyPod(isReady).catch(async (error: unknown) => {
        // Of an earlier process, which listened at other ports: a Pod's spec can't change.
        if (statusOf(error) !== 422) throw error;
        await remove();
        return applyPod(isReady);
      });
      await apply(lease, leaseObject(options, textOf(created, 'metadata', 'uid'), now()));
    },
    renew: () => merge(lease, { spec: leaseSpec(options, now()) }),
    setReady: (isReady) => merge(pod, { status: { conditions: [readyCondition(isReady, now())] } }),
    remove,
  };
}

async function ifThere(answer: Promise<unknown>): Promise<boolean> {
  try {
    await answer;
    return true;
  } catch (error) {
    if (statusOf(error) === 404) return false;
    throw error;
  }
}

function statusOf(error: unknown): number | undefined {
  return error instanceof RegisterError ? error.status : undefined;
}
