import type { FieldError } from '@portolan/core';

import { badRequest, invalidOptions } from '../status/faults.ts';
import { isTrue } from '../write/write-options.ts';
import { parseContinue, type Continue } from './continue.ts';

/** What a list's or watch's query says. Kubernetes API concepts, Resource versions. */
export interface ListOptions {
  /** Absent: the newest; 0: whichever. */
  readonly resourceVersion?: number;
  readonly match?: 'Exact' | 'NotOlderThan';
  /** 0 for no limit. */
  readonly limit: number;
  readonly continue?: Continue;
  readonly sendInitialEvents: boolean | undefined;
  readonly allowWatchBookmarks: boolean;
  /** Absent: as long as the API has it. */
  readonly timeoutSeconds?: number;
}

/** @throws {StatusError} 400 or 422 */
export function listOptions({ searchParams }: URL, isWatch: boolean): ListOptions {
  const version = searchParams.get('resourceVersion') ?? '';
  const match = searchParams.get('resourceVersionMatch') ?? '';
  const token = searchParams.get('continue') ?? '';
  const sendInitialEvents = searchParams.has('sendInitialEvents')
    ? isTrue(searchParams.get('sendInitialEvents'))
    : undefined;
  const given = { version, match, token, sendInitialEvents };
  const errors = isWatch ? watchErrors(given) : listErrors(given);
  if (errors.length > 0) throw invalidOptions('ListOptions', errors);
  if (token !== '' && version !== '' && version !== '0') {
    throw badRequest('specifying resource version is not allowed when using continue');
  }
  const resourceVersion =
    version === '' ? undefined : wholeNumber('ListOptions', 'resourceVersion', version);
  const timeout = searchParams.get('timeoutSeconds');
  return {
    limit: wholeNumber('ListOptions', 'limit', searchParams.get('limit') || '0'),
    sendInitialEvents,
    allowWatchBookmarks: isTrue(searchParams.get('allowWatchBookmarks')),
    ...(resourceVersion !== undefined && { resourceVersion }),
    ...((match === 'Exact' || match === 'NotOlderThan') && { match }),
    ...(token !== '' && { continue: parseContinue(token) }),
    ...(timeout && { timeoutSeconds: wholeNumber('ListOptions', 'timeoutSeconds', timeout) }),
  };
}

interface Given {
  readonly version: string;
  readonly match: string;
  readonly token: string;
  readonly sendInitialEvents: boolean | undefined;
}

/** k8s.io/apimachinery `ValidateListOptions`. */
function listErrors({ version, match, token, sendInitialEvents }: Given): readonly FieldError[] {
  const errors: FieldError[] = [];
  if (match !== '') {
    if (version === '') {
      errors.push(
        forbiddenMatch('resourceVersionMatch is forbidden unless resourceVersion is provided'),
      );
    }
    if (token !== '') {
      errors.push(forbiddenMatch('resourceVersionMatch is forbidden when continue is provided'));
    }
    if (match !== 'Exact' && match !== 'NotOlderThan') {
      errors.push(unsupportedMatch(match, '"Exact", "NotOlderThan", ""'));
    }
    if (match === 'Exact' && version === '0') {
      errors.push(
        forbiddenMatch('resourceVersionMatch "exact" is forbidden for resourceVersion "0"'),
      );
    }
  }
  if (sendInitialEvents !== undefined) {
    const detail = 'sendInitialEvents is forbidden for list';
    errors.push({ type: 'Forbidden', field: 'sendInitialEvents', detail });
  }
  return errors;
}

function watchErrors({ match, token, sendInitialEvents }: Given): readonly FieldError[] {
  const errors: FieldError[] = [];
  if (sendInitialEvents !== undefined && match !== 'NotOlderThan') {
    errors.push(
      forbiddenMatch('sendInitialEvents requires setting resourceVersionMatch to NotOlderThan'),
    );
  }
  if (match !== '') {
    if (sendInitialEvents === undefined) {
      errors.push(
        forbiddenMatch(
          'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
        ),
      );
    }
    if (match !== 'NotOlderThan') errors.push(unsupportedMatch(match, '"NotOlderThan"'));
    if (token !== '') {
      errors.push(forbiddenMatch('resourceVersionMatch is forbidden when continue is provided'));
    }
  }
  return errors;
}

function forbiddenMatch(detail: string): FieldError {
  return { type: 'Forbidden', field: 'resourceVersionMatch', detail };
}

function unsupportedMatch(value: string, supported: string): FieldError {
  const detail = `supported values: ${supported}`;
  return { type: 'NotSupported', field: 'resourceVersionMatch', value, detail };
}

/** @throws {StatusError} 422 for an option that is none. */
export function wholeNumber(kind: string, field: string, text: string): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(number)) return number;
  const detail = 'must be a whole number';
  throw invalidOptions(kind, [{ type: 'Invalid', field, value: text, detail }]);
}
