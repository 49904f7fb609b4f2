import type { FieldError, Resource } from '@portolan/core';

import type { DiagnosedObject } from '../diagnostic/diagnostic.ts';
import type { Kind } from '../kinds/kinds.ts';
import type { Decoded } from '../schema/decode.ts';
import type { Fault } from '../validation/field-errors.ts';
import type { MetadataDraft } from '../validation/metadata.ts';

/** What an object is found to be once it is decoded. */
export interface Interpreted {
  /** Absent where there is anything in `mistyped`, or a fault that is not tolerated. */
  readonly resource?: Resource;
  /** Fields with a value of another type than theirs. */
  readonly mistyped: readonly FieldError[];
  /** What validation found, in the API server's order. Empty where something is mistyped. */
  readonly faults: readonly Fault[];
}

/** Validates what was decoded. */
export function interpret(decoded: Decoded, kind: Kind, object: DiagnosedObject): Interpreted {
  const mistyped = object.kind === 'Secret' ? decoded.faults.map(redacted) : decoded.faults;
  if (!isDraft(decoded.value, mistyped)) return { mistyped, faults: [] };
  const resource: unknown = completed(decoded.value, object);
  const faults = [...kind.validate(resource)];
  return isResource(resource, faults) ? { resource, mistyped, faults } : { mistyped, faults };
}

/** Kinds whose `spec` is there even if the manifest leaves it out, as in Go: what is missing in it is then said. */
const HAVE_SPEC: ReadonlySet<string> = new Set([
  'CronJob',
  'DaemonSet',
  'Deployment',
  'Ingress',
  'Job',
  'Pod',
  'ReplicaSet',
  'ReplicationController',
  'Service',
  'StatefulSet',
]);

interface ObjectDraft {
  readonly spec?: unknown;
  readonly metadata?: MetadataDraft;
}

/** What the schema had no fault to find with has the shape that the schema describes. */
function isDraft(_: unknown, faults: readonly FieldError[]): _ is ObjectDraft {
  return faults.length === 0;
}

/** What validation had no fault to find with is what it was a draft of. */
function isResource(_: unknown, faults: readonly Fault[]): _ is Resource {
  return faults.every(({ tolerated }) => tolerated !== undefined);
}

/** With the namespace that was assumed. The one of a cluster-scoped object is dropped, as the API server does. */
function completed(value: ObjectDraft, { apiVersion, kind, namespace }: DiagnosedObject): unknown {
  const { namespace: _, ...metadata } = value.metadata ?? {};
  return {
    ...value,
    ...(HAVE_SPEC.has(kind) && { spec: value.spec ?? {} }),
    apiVersion,
    kind,
    metadata: namespace === '' ? metadata : { ...metadata, namespace },
  };
}

/** A fault of a Secret without the value, which may end up in a log. */
function redacted(error: FieldError): FieldError {
  const confidential = /^(?:data|stringData)\b/u.test(error.field);
  return confidential ? { ...error, value: '<secret contents redacted>' } : error;
}
