import type { ObjectReference } from '@portolan/core';

/** The object that something is said about. Its namespace is empty where the kind has none. */
export interface DiagnosedObject extends ObjectReference {
  readonly apiVersion: string;
}

/** Something that is to be said about a place in a file. */
export interface Diagnostic {
  /** An object with an error is left out of the result. */
  readonly severity: 'error' | 'warning';
  /**
   * For machines. A field error has the API server's cause, such as `FieldValueInvalid` (Kubernetes API reference,
   * StatusCause); the others are listed in the README.
   */
  readonly code: string;
  /** For people, with the field where there is one: `spec.ports[0].port: Invalid value: "eighty": must be an integer`. */
  readonly message: string;
  /** The file as shown to people. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
  /** As Kubernetes prints it: `spec.rules[0].host`. */
  readonly field?: string;
  readonly object?: DiagnosedObject;
}

/**
 * The diagnostic in one line.
 *
 * @example `shop.yaml:12:9: error: Ingress shop/web: spec.rules[0].host: Invalid value: "10.0.0.1": must be a DNS name, not an IP address`
 */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const { severity, message, file, line, column, object } = diagnostic;
  const subject = object === undefined ? '' : `${formatObject(object)}: `;
  return `${file}:${line}:${column}: ${severity}: ${subject}${message}`;
}

/** `Ingress shop/web`, `IngressClass nginx` where there is no namespace, `Ingress` where there is no name. */
function formatObject({ kind, namespace, name }: ObjectReference): string {
  if (name === '') return kind;
  return `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`;
}
