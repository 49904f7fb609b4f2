import { formatFieldError } from '@portolan/core';
import type { FieldError, Resource } from '@portolan/core';

import { findKind } from '../kinds/kinds.ts';
import { decodeValue } from '../schema/decode.ts';
import { plainJSON, type PlainValue } from '../tree/plain-value.ts';
import { interpret } from './interpret.ts';

/** An object, and what was found in it. */
export interface ReadResource {
  /** Absent where there is anything in `errors`, or in `malformed`. Unknown fields are not in it. */
  readonly resource?: Resource;
  /** Fields that the kind doesn't have, as `spec.prots`: strict decoding refuses them. */
  readonly unknownFields: readonly string[];
  /** What validation finds, as the API server has it. */
  readonly errors: readonly FieldError[];
  /** Faults that a cluster refuses and that are taken here, with the reason. */
  readonly warnings: readonly string[];
  /** Why the value can't be read as what it says it is, which the API server calls a bad request. */
  readonly malformed?: string;
}

/**
 * Reads one object from JSON, as `JSON.parse` gives it, by the rules by which `parseManifests` reads texts. Never throws.
 *
 * @param defaultNamespace of an object that names none; `default` by default
 */
export function readResource(
  json: unknown,
  { defaultNamespace = 'default' }: { readonly defaultNamespace?: string } = {},
): ReadResource {
  const value = plainJSON(json);
  if (!(value instanceof Map))
    return malformed('the object must be a JSON map, and nest no deeper than manifests may');
  const apiVersion = text(value, 'apiVersion');
  const name = text(value, 'kind');
  if (!name) return malformed("Object 'Kind' is missing");
  if (!apiVersion) return malformed("Object 'apiVersion' is missing");
  const kind = findKind(apiVersion, name);
  if (kind === undefined)
    return malformed(`no kind "${name}" is registered for version "${apiVersion}"`);
  const metadata = value.get('metadata');
  const decoded = decodeValue(kind.schema, value);
  const namespace = kind.namespaced ? text(metadata, 'namespace') || defaultNamespace : '';
  const object = { apiVersion, kind: name, namespace, name: text(metadata, 'name') ?? '' };
  const { resource, mistyped, faults } = interpret(decoded, kind, object);
  const { unknownFields } = decoded;
  if (mistyped.length > 0) {
    const version = apiVersion.slice(apiVersion.indexOf('/') + 1);
    const faultsText = mistyped.map(formatFieldError).join(', ');
    return {
      ...malformed(`${name} in version "${version}" cannot be handled as a ${name}: ${faultsText}`),
      unknownFields,
    };
  }
  return {
    ...(resource && { resource }),
    unknownFields,
    errors: faults.filter(({ tolerated }) => tolerated === undefined),
    warnings: faults.flatMap(({ tolerated, ...error }) =>
      tolerated === undefined ? [] : `${formatFieldError(error)}; ${tolerated}`,
    ),
  };
}

function malformed(message: string): ReadResource {
  return { unknownFields: [], errors: [], warnings: [], malformed: message };
}

function text(value: PlainValue | undefined, key: string): string | undefined {
  const found = value instanceof Map ? value.get(key) : undefined;
  return typeof found === 'string' ? found : undefined;
}
