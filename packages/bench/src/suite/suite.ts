/** Something that is measured, by the name that it is asked for: `pnpm bench matching`. */
export interface Suite {
  readonly name: string;
  readonly title: string;
  /** What is measured and how, for readers: a paragraph of Markdown. */
  readonly about: string;
  /** @throws {Error} where something that is measured answers wrongly: a figure of that is worth nothing */
  readonly run: (effort: Effort) => Promise<readonly Table[]>;
}

export interface Effort {
  /** Everything once, small and quickly: to see that all of it still runs. Its figures mean nothing. */
  readonly isShort: boolean;
  /** Says how far it is. */
  readonly tell: (line: string) => void;
}

/** Figures that were taken in one run, by turns, and may be compared. */
export interface Table {
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** Peers that could not be had here. */
  readonly absent?: readonly Absent[];
  readonly goals?: readonly Goal[];
  /** What a reader must know to read it: a paragraph of Markdown. */
  readonly note?: string;
}

export interface Column {
  readonly name: string;
  /** `ns`, `µs`, `ms`, `/s`, `MB`, `bytes`, or nothing for a ratio. */
  readonly unit: string;
  readonly better: 'higher' | 'lower';
}

export interface Row {
  /** `portolan`, `rou3`; with its size where a table has several. */
  readonly subject: string;
  /** `limit`: what no one can be better than, since it does nothing else. */
  readonly role: 'ours' | 'peer' | 'limit';
  /** The version of a peer. */
  readonly version?: string;
  /** One for each column; absent where it can't do that, which JSON has as null. */
  readonly figures: readonly (Figure | null | undefined)[];
}

/** Of several rounds, in the column's unit. */
export interface Figure {
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
}

interface Absent {
  readonly subject: string;
  /** `not installed: apt-get install caddy` */
  readonly why: string;
}

/** What we want to reach, and what was measured. */
export interface Goal {
  /** `at least 0.95 of the limit’s requests a second` */
  readonly wanted: string;
  readonly measured: number;
  readonly reached: boolean;
}
