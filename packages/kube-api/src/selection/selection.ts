import { matchesSelector, parseSelector, SelectorSyntaxError } from '@portolan/core';
import type { ObjectRef, StoredObject } from '@portolan/store';

import type { ResourcePath } from '../request-path/request-path.ts';
import { badRequest } from '../status/faults.ts';
import { matchesFields, parseFieldSelector } from './field-selector.ts';

/** Which objects of a collection a request is about. */
export interface Selection {
  readonly matches: (object: StoredObject) => boolean;
  /** Whether an object is of the collection at all. */
  readonly holds: (ref: ObjectRef) => boolean;
  /** No selector narrows it. */
  readonly isAll: boolean;
}

/**
 * What `labelSelector` and `fieldSelector` of a query select.
 *
 * @throws {StatusError} 400
 */
export function selectionOf({ type, namespace }: ResourcePath, { searchParams }: URL): Selection {
  const labelText = searchParams.get('labelSelector') ?? '';
  const fieldText = searchParams.get('fieldSelector') ?? '';
  const fields = parseFieldSelector(fieldText, type);
  const labels = parseLabels(labelText);
  return {
    matches: (object) =>
      matchesFields(fields, type, object) && matchesSelector(labels, object.metadata.labels ?? {}),
    holds: (ref) => ref.resource === type.id && (namespace === '' || ref.namespace === namespace),
    isAll: labels.length === 0 && fields.length === 0,
  };
}

function parseLabels(text: string): ReturnType<typeof parseSelector> {
  try {
    return parseSelector(text);
  } catch (error) {
    if (!(error instanceof SelectorSyntaxError)) throw error;
    throw badRequest(`unable to parse requirement: ${error.message}`);
  }
}
