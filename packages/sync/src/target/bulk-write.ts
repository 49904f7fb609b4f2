import type { ObjectRef } from '@portolan/store';

/** Objects of one resource, in one namespace where one is named. */
export interface BulkScope {
  readonly resource: string;
  readonly namespace?: string;
}

/** The first line of a bulk write; each further one puts or deletes an object. */
export interface BulkHeader {
  readonly source: string;
  /** The checkpoint that what follows changes; null where it is all there is. */
  readonly since: string | null;
  readonly next: string;
  /** Of what nothing is known: what the target has of it stays. */
  readonly unlisted?: readonly BulkScope[];
}

/** An object that the target did not take, and why. */
export interface Refusal {
  readonly ref: ObjectRef;
  readonly message: string;
}

/** What came of a bulk write. */
export interface BulkResult {
  readonly checkpoint: string;
  readonly written: number;
  readonly deleted: number;
  readonly refused: readonly Refusal[];
}
