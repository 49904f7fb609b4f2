import { formatFieldError } from '@portolan/core';
import type { FieldError, FieldErrorType, Resource } from '@portolan/core';

import type { DiagnosedObject } from '../diagnostic/diagnostic.ts';
import {
  DUPLICATE_FIELD,
  strictDecodingMessage,
  UNKNOWN_FIELD,
} from '../diagnostic/status-message.ts';
import type { Kind } from '../kinds/kinds.ts';
import { decode, type Decoded } from '../schema/decode.ts';
import { findField } from '../tree/find-field.ts';
import { child, childText, type Tree, type TreeScalar } from '../tree/tree.ts';
import { visit } from '../tree/visit.ts';
import type { Fault } from '../validation/field-errors.ts';
import type { MetadataDraft } from '../validation/metadata.ts';
import type { Finding } from './finding.ts';
import type { Identity } from './identify.ts';

/** An object, and what was found in it. */
export interface ReadObject {
  /** Absent where there is an error among the findings. */
  readonly resource?: Resource;
  readonly findings: readonly Finding[];
}

/** How an object is called in what is said about it. */
export function diagnosedObject(
  tree: Tree,
  identity: Identity,
  namespaced: boolean,
  defaultNamespace: string,
): DiagnosedObject {
  const metadata = child(tree, 'metadata') ?? tree;
  const namespace = childText(metadata, 'namespace') || defaultNamespace;
  return {
    ...identity,
    namespace: namespaced ? namespace : '',
    name: childText(metadata, 'name') ?? '',
  };
}

/** Reads an object as the API server does when it is created: strict decoding, and where that succeeds validation. */
export function readObject(tree: Tree, kind: Kind, object: DiagnosedObject): ReadObject {
  const decoded = decode(kind.schema, tree);
  const faults = object.kind === 'Secret' ? decoded.faults.map(redacted) : decoded.faults;
  const refused = [...strictFindings(tree, decoded), ...fieldFindings(tree, faults)];
  if (!isDraft(decoded.value, refused)) return { findings: refused };
  const resource: unknown = completed(decoded.value, object);
  const invalid = fieldFindings(tree, [...kind.validate(resource)]);
  const findings = [...invalid, ...yaml11Findings(tree, decoded.booleans)];
  return isResource(resource, invalid) ? { resource, findings } : { findings };
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
function isDraft(_: unknown, faults: readonly Finding[]): _ is ObjectDraft {
  return faults.length === 0;
}

/** What validation had no fault to find with is what it was a draft of. */
function isResource(_: unknown, faults: readonly Finding[]): _ is Resource {
  return faults.every(({ severity }) => severity === 'warning');
}

/** Where `field` begins. The API server leaves `metadata` out of the path of an annotation now and then. */
export function locateField(tree: Tree, field: string): number {
  return findField(tree, field.startsWith('annotations.') ? `metadata.${field}` : field).offset;
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

function strictFindings(tree: Tree, { unknownFields }: Decoded): readonly Finding[] {
  const findings: Finding[] = unknownFields.map((field) =>
    strictFinding(UNKNOWN_FIELD, field, findField(tree, field).offset),
  );
  visit(tree, {
    entry: ({ offset }, field, duplicate) => {
      if (duplicate) findings.push(strictFinding(DUPLICATE_FIELD, field, offset));
    },
  });
  return findings;
}

function strictFinding(code: string, field: string, offset: number): Finding {
  const message = `strict decoding error: ${strictDecodingMessage(code, field)}`;
  return { severity: 'error', code, message, field, offset };
}

function fieldFindings(tree: Tree, faults: readonly Fault[]): readonly Finding[] {
  return faults.map(({ tolerated, ...error }) => ({
    severity: tolerated === undefined ? 'error' : 'warning',
    code: causeOf(error.type),
    message: [formatFieldError(error), ...(tolerated === undefined ? [] : [tolerated])].join('; '),
    field: error.field,
    offset: locateField(tree, error.field),
  }));
}

/** A fault of a Secret without the value, which may end up in a log. */
function redacted(error: FieldError): FieldError {
  const confidential = /^(?:data|stringData)\b/u.test(error.field);
  return confidential ? { ...error, value: '<secret contents redacted>' } : error;
}

/** Source: Kubernetes API reference, StatusCause v1 meta, `reason`. */
function causeOf(type: FieldErrorType): string {
  return type === 'Internal' ? 'InternalError' : `FieldValue${type}`;
}

function yaml11Findings(tree: Tree, booleans: ReadonlySet<TreeScalar>): readonly Finding[] {
  const findings: Finding[] = [];
  const warn = (field: string, offset: number, message: string): void => {
    const code = 'YAML11Boolean';
    findings.push({ severity: 'warning', code, message: `${field}: ${message}`, field, offset });
  };
  visit(tree, {
    tree: (scalar, field, offset) => {
      if (scalar.kind !== 'scalar' || scalar.yaml11 === undefined) return;
      const { value, yaml11 } = scalar;
      if (booleans.has(scalar)) {
        warn(field, offset, `${value} is read as ${yaml11}, as kubectl reads it: write ${yaml11}`);
      } else {
        const reading = `kubectl reads ${value} as the boolean ${yaml11}, which is refused here`;
        warn(field, offset, `${reading}: put it in quotes`);
      }
    },
    entry: ({ key, offset, yaml11 }, field) => {
      if (yaml11 === undefined) return;
      warn(field, offset, `kubectl reads the key ${key} as "${yaml11}": put it in quotes`);
    },
  });
  return findings;
}
