import styles from 'ansi-styles';

/** For whom text is made. */
export interface Terminal {
  /** Columns; text is wrapped to it where it can be. */
  readonly width: number;
  readonly colours: boolean;
}

/** A file, a pipe, a test's failure message: no colour, and nothing is wrapped. */
export const PLAIN: Terminal = { width: Infinity, colours: false };

type Paint = (text: string) => string;

/** What text can look like. Without colours every function returns its text as it is. */
export interface Style {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly green: Paint;
  readonly yellow: Paint;
  readonly cyan: Paint;
}

export function styleOf({ colours }: Terminal): Style {
  const paint =
    ({ open, close }: { readonly open: string; readonly close: string }): Paint =>
    (text) =>
      colours && text !== '' ? `${open}${text}${close}` : text;
  return {
    bold: paint(styles.bold),
    dim: paint(styles.dim),
    red: paint(styles.red),
    green: paint(styles.green),
    yellow: paint(styles.yellow),
    cyan: paint(styles.cyan),
  };
}
