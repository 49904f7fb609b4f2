import type { Resource } from '@portolan/core';

import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Position } from '../position/line-index.ts';

/** A text to read manifests from. */
export interface ManifestSource {
  /** The file as shown to people. One that ends in `.json` is read as JSON, any other as YAML. */
  readonly name: string;
  readonly text: string;
  /**
   * It was come across in a folder, not asked for by name, so it may well be no manifest: where nothing in it claims to
   * be a Kubernetes object it is passed over without an error.
   */
  readonly discovered?: boolean;
}

/** One object, and where it stands. */
export interface Manifest {
  readonly resource: Resource;
  readonly file: string;
  /** Where the object begins, from 1. */
  readonly line: number;
  readonly column: number;
  /**
   * Where a field begins: at its key, or at the list item. For a field that isn't there, the nearest one that holds it.
   *
   * @param field as Kubernetes prints it: `spec.rules[0].http.paths[1].backend`, `metadata.labels[app.kubernetes.io/name]`
   */
  readonly locate: (field: string) => Position;
}

/** Something that is none of our business. */
export interface PassedOver {
  readonly file: string;
  readonly line: number;
  /** Absent, like the kind, for a file without any Kubernetes object. */
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly name?: string;
}

/** What was read. */
export interface ParsedManifests {
  /** Every valid object, each once, in the order written. */
  readonly manifests: readonly Manifest[];
  /** In the order of the files, and within one in the order in which things were found. */
  readonly diagnostics: readonly Diagnostic[];
  readonly passedOver: readonly PassedOver[];
}

export interface ParseOptions {
  /** The namespace of objects that name none; `default` by default. */
  readonly defaultNamespace?: string;
}
