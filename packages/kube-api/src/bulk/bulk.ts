import type { NewObject, ObjectRef } from '@portolan/store';

/** Objects of one resource, in one namespace where one is named. */
export interface BulkScope {
  /** See `ResourceType.id`. */
  readonly resource: string;
  readonly namespace?: string;
}

/**
 * The first line of a bulk write: `POST {prefix}/bulk`, `application/x-ndjson`, one JSON value a line, perhaps with
 * `Content-Encoding: gzip`. All of it is one commit.
 */
export interface BulkHeader {
  /** Whose objects these are: a DNS label. Each of them is given it in the annotation `portolan.dev/source`. */
  readonly source: string;
  /** The checkpoint that these changes follow; null: they are all there is, and what else the source had is deleted. */
  readonly since: string | null;
  /** The checkpoint reached with these changes. Opaque to the API, at most 4 KiB. */
  readonly next: string;
  /** With `since: null`: what the sender knows nothing of. What the source had of that stays. */
  readonly unlisted?: readonly BulkScope[];
}

/** Every other line. Of `put`, the metadata that counts is name, namespace, uid, creationTimestamp, labels and annotations. */
export type BulkLine = { readonly put: NewObject } | { readonly delete: ObjectRef };

/** An object that was not taken. */
export interface Refusal {
  readonly ref: ObjectRef;
  readonly message: string;
}

/**
 * 200: what was written. 409 with a Status of reason `Conflict`: `since` is not the checkpoint that the source is at; send all.
 * `GET {prefix}/bulk/{source}` answers with `{ source, checkpoint }`, 404 where nothing is known of the source.
 */
export interface BulkResult {
  readonly source: string;
  readonly checkpoint: string;
  readonly resourceVersion: string;
  /** Objects that are new or changed; those that were equal already are not counted. */
  readonly written: number;
  readonly deleted: number;
  /** The rest was taken. What the target had of these before stays as it was. */
  readonly refused: readonly Refusal[];
}
