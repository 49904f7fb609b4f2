import type { Diagnostic } from '../diagnostic/diagnostic.ts';

/** What will be a diagnostic as soon as it is known which file and object it is about. */
export interface Finding extends Pick<Diagnostic, 'severity' | 'code' | 'message' | 'field'> {
  /** Where in the file. */
  readonly offset: number;
}
