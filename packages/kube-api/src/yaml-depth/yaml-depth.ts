import { Lexer } from 'yaml';

import { DEEPEST } from '../patch/json/json.ts';

/**
 * Whether YAML is nested deeper than an object may be. To be asked before it is parsed, since that takes time which grows with
 * the square of the depth. Counts brackets that are open, and the indicators of nested blocks that stand on one line.
 */
export function isTooDeepYAML(text: string): boolean {
  let depth = 0;
  let indicators = 0;
  let isScalar = false;
  for (const token of new Lexer().lex(text)) {
    if (isScalar) {
      isScalar = false;
      continue;
    }
    // What follows is text.
    isScalar = token === '\x1f';
    if (token === '[' || token === '{') depth += 1;
    if (token === ']' || token === '}') depth -= 1;
    if (token === '-' || token === '?' || token === ':') indicators += 1;
    if (token.startsWith('\n') || token === '\r\n') indicators = 0;
    if (depth + indicators > DEEPEST) return true;
  }
  return false;
}
