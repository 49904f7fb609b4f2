/** How the value of an annotation is written. */
export interface Format<Value> {
  /** What a value must be, for people: `a whole number from 0 to 5`. */
  readonly expected: string;
  /** `undefined` for what isn't of this format. */
  readonly read: (text: string) => Value | undefined;
  /** A value as text that `read` takes. */
  readonly write: (value: Value) => string;
}
