/** One document of a file, as text. */
export interface DocumentText {
  readonly text: string;
  /** Where it begins in the file. */
  readonly offset: number;
}
