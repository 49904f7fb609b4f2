import { formatFieldError } from '@portolan/core';
import type { FieldErrorType, Resource } from '@portolan/core';

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
import type { Finding } from './finding.ts';
import type { Identity } from './identify.ts';
import { interpret } from './interpret.ts';

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
  const { resource, mistyped, faults } = interpret(decoded, kind, object);
  const refused = [...strictFindings(tree, decoded), ...fieldFindings(tree, mistyped)];
  if (refused.length > 0) return { findings: refused };
  const findings = [...fieldFindings(tree, faults), ...yaml11Findings(tree, decoded.booleans)];
  return resource === undefined ? { findings } : { resource, findings };
}

/** Where `field` begins. The API server leaves `metadata` out of the path of an annotation now and then. */
export function locateField(tree: Tree, field: string): number {
  return findField(tree, field.startsWith('annotations.') ? `metadata.${field}` : field).offset;
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
