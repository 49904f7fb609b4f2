/** The little that is needed of an SQLite database. Everything is synchronous. */
export interface SQLDriver {
  /** Runs one statement, with values for its `?`, and gives all rows. */
  readonly exec: (
    statement: string,
    ...values: readonly (string | number | null)[]
  ) => readonly Readonly<Record<string, unknown>>[];
  /** Runs statements as one transaction: what throws undoes them all. For good when it returns. One within another is part of it. */
  readonly transaction: (run: () => void) => void;
  readonly close: () => void;
}
