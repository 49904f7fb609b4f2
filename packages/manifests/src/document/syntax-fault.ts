/** A text can't be read as a tree. Thrown inside the readers only. */
export class SyntaxFault extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** How deep maps and lists may nest. No manifest comes near it, and recursion stays well within every engine's stack. */
export const MAX_DEPTH = 256;
