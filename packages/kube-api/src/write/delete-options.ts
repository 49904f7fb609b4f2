import type { FieldError } from '@portolan/core';

import type { Call } from '../api/call.ts';
import { listAt, numberAt, objectAt, textAt } from '../content/json-object.ts';
import { readObject } from '../content/read-object.ts';
import { badRequest, invalidOptions } from '../status/faults.ts';
import { dryRunErrors } from './write-options.ts';

/** Kubernetes API reference, DeleteOptions v1 meta: what of it has a meaning here. */
export interface DeleteOptions {
  readonly dryRun: boolean;
  readonly gracePeriodSeconds?: number;
  readonly uid?: string;
  readonly resourceVersion?: string;
}

const PROPAGATION_POLICIES: ReadonlySet<string> = new Set(['Background', 'Foreground', 'Orphan']);

/**
 * Options from the content, or from the query where there is no content. How dependents go isn't the client's to say here, but
 * it has to be said properly.
 *
 * @throws {StatusError}
 */
export async function deleteOptions(
  { request, url: { searchParams } }: Call,
  maxBody: number,
): Promise<DeleteOptions> {
  const { value } = await readObject(request, maxBody);
  const isInContent = value !== undefined;
  const kind = textAt(value, 'kind') ?? 'DeleteOptions';
  if (kind !== 'DeleteOptions') throw badRequest(`${kind} cannot be handled as a DeleteOptions`);
  const grace = isInContent ? undefined : searchParams.get('gracePeriodSeconds');
  const gracePeriodSeconds = grace ? Number(grace) : numberAt(value, 'gracePeriodSeconds');
  const dryRun = [...searchParams.getAll('dryRun'), ...listAt(value, 'dryRun').map(String)];
  const policy =
    textAt(value, 'propagationPolicy') || searchParams.get('propagationPolicy') || undefined;
  const errors: FieldError[] = [...dryRunErrors(dryRun)];
  if (policy !== undefined && !PROPAGATION_POLICIES.has(policy)) {
    const detail = 'supported values: "Background", "Foreground", "Orphan"';
    errors.push({ type: 'NotSupported', field: 'propagationPolicy', value: policy, detail });
  }
  if (gracePeriodSeconds !== undefined && !isGracePeriod(gracePeriodSeconds)) {
    const detail = 'must be a whole number that is not negative';
    const field = 'gracePeriodSeconds';
    errors.push({ type: 'Invalid', field, value: gracePeriodSeconds, detail });
  }
  if (errors.length > 0) throw invalidOptions('DeleteOptions', errors);
  const preconditions = objectAt(value, 'preconditions');
  const uid = textAt(preconditions, 'uid');
  const resourceVersion = textAt(preconditions, 'resourceVersion');
  return {
    dryRun: dryRun.length > 0,
    ...(gracePeriodSeconds !== undefined && { gracePeriodSeconds }),
    ...(uid !== undefined && { uid }),
    ...(resourceVersion !== undefined && { resourceVersion }),
  };
}

/** Far enough for any Pod, and near enough for a date. */
const GRACE_PERIOD_MAXIMUM = 1e9;

function isGracePeriod(seconds: number): boolean {
  return Number.isSafeInteger(seconds) && seconds >= 0 && seconds <= GRACE_PERIOD_MAXIMUM;
}
