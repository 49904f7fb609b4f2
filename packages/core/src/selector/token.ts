/** One word or symbol of a selector's string form. The empty text is the end. */
export interface Token {
  readonly text: string;
  /** Where it begins, in UTF-16 code units from the start. */
  readonly offset: number;
}

/** Tokens, one after the other; behind the last there are only ends. */
export interface Tokens {
  readonly peek: () => Token;
  readonly take: () => Token;
}

/** Whether a token is a key or a value; `in` and `notin` can be both. */
export function isIdentifier({ text }: Token): boolean {
  return /^[^=!<>(),]/.test(text);
}

/** Splits at symbols and at space, tab, carriage return and line feed. */
export function tokenize(text: string): Tokens {
  const tokens = Array.from(text.matchAll(/==|!=|[=!<>(),]|[^=!<>(), \t\r\n]+/g), (match) => ({
    text: match[0],
    offset: match.index,
  }));
  const end = { text: '', offset: text.length };
  let next = 0;
  const peek = (): Token => tokens[next] ?? end;
  return {
    peek,
    take: () => {
      const token = peek();
      next += 1;
      return token;
    },
  };
}
