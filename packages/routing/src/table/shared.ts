/** Values of which none is there twice, for others to refer to by index. Two that are one JSON text are the same. */
export class Shared<Value> {
  readonly values: Value[] = [];
  readonly #indices = new Map<string, number>();

  /** The index of a value, which is added where it is not there yet. */
  indexOf(value: Value): number {
    const text = JSON.stringify(value);
    let index = this.#indices.get(text);
    if (index === undefined) {
      index = this.values.push(value) - 1;
      this.#indices.set(text, index);
    }
    return index;
  }
}
