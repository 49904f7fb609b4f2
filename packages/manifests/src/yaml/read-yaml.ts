import { Composer, Lexer, Parser, type CST } from 'yaml';

import type { DocumentText } from '../document/document-text.ts';
import { MAX_DEPTH, SyntaxFault } from '../document/syntax-fault.ts';
import type { Tree } from '../tree/tree.ts';
import { buildTree } from './build-tree.ts';

/**
 * Reads one YAML 1.2 document; `undefined` where it is empty.
 *
 * @throws SyntaxFault
 */
export function readYAML({ text, offset: base }: DocumentText): Tree | undefined {
  // Scalars are read in `plain-scalar.ts`, and duplicate keys are looked for where their path is known.
  const composer = new Composer({
    schema: 'failsafe',
    resolveKnownTags: false,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  let tree: Tree | undefined;
  for (const document of composer.compose(tokensOf(text, base))) {
    const [error] = document.errors;
    if (error) {
      throw new SyntaxFault(error.message, base + Math.min(error.pos[0], text.length));
    }
    tree ??= document.contents === null ? undefined : buildTree(document.contents, base);
  }
  return tree;
}

/** As `Parser.parse`, but it stops where things nest so deep that composing them would run out of stack. */
function* tokensOf(text: string, base: number): Generator<CST.Token, void, undefined> {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    yield* parser.next(lexeme);
    if (parser.stack.length > MAX_DEPTH) {
      const message = `maps and lists nest deeper than ${MAX_DEPTH} levels`;
      throw new SyntaxFault(message, base + parser.offset);
    }
  }
  yield* parser.end();
}
