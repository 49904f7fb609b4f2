import { validateLabelKey, validateLabelValue } from '../labels/labels.ts';
import { canonicalSelector } from './canonical-selector.ts';
import { parseInteger } from './integer.ts';
import type { Operator, Requirement, Selector } from './selector.ts';
import { isIdentifier, tokenize } from './token.ts';
import type { Token, Tokens } from './token.ts';

/** Says where a selector's string form goes wrong, and what could have stood there. */
export class SelectorSyntaxError extends Error {
  override readonly name = 'SelectorSyntaxError';
  /** In UTF-16 code units from the start of the text; the length of the text where more was expected. */
  readonly offset: number;
  readonly expected: string;

  constructor(found: string, offset: number, expected: string) {
    super(`found '${found}', expected: ${expected} (at offset ${offset})`);
    this.offset = offset;
    this.expected = expected;
  }
}

const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ['in', 'In'],
  ['notin', 'NotIn'],
  ['=', 'In'],
  ['==', 'In'],
  ['!=', 'NotIn'],
  ['>', 'Gt'],
  ['<', 'Lt'],
]);

/**
 * The selector that a text like `app=shop,tier in (web,api),!canary` stands for, in canonical order. The empty text
 * selects everything.
 *
 * A requirement is `key`, `!key`, `key=value` (or `==`), `key!=value`, `key in (value,…)`, `key notin (value,…)`,
 * `key>integer` or `key<integer`. Values may be left out, which makes them empty: `key=`, `key in (,a)`.
 *
 * Source: Kubernetes, Labels and Selectors, Label selectors; `k8s.io/apimachinery/pkg/labels`, `Parse`.
 *
 * @throws {SelectorSyntaxError}
 */
export function parseSelector(text: string): Selector {
  const tokens = tokenize(text);
  if (tokens.peek().text === '') return [];
  const requirements = [parseRequirement(tokens, "'!' or identifier")];
  for (let token = tokens.take(); token.text !== ''; token = tokens.take()) {
    if (token.text !== ',') throw unexpected(token, "',' or end of string");
    requirements.push(parseRequirement(tokens, "'!' or identifier after ','"));
  }
  return canonicalSelector(requirements);
}

function parseRequirement(tokens: Tokens, expected: string): Requirement {
  if (tokens.peek().text === '!') {
    tokens.take();
    return { key: parseKey(tokens, 'identifier'), operator: 'DoesNotExist', values: [] };
  }
  const key = parseKey(tokens, expected);
  const symbol = tokens.peek().text;
  if (symbol === '' || symbol === ',') return { key, operator: 'Exists', values: [] };
  const operator = OPERATORS.get(symbol);
  if (operator === undefined) throw unexpected(tokens.peek(), [...OPERATORS.keys()].join(', '));
  tokens.take();
  if (symbol === 'in' || symbol === 'notin') return { key, operator, values: parseValues(tokens) };
  const token = tokens.peek();
  const value = parseValue(tokens, ['', ','], "identifier, ',' or end of string");
  if ((operator === 'Gt' || operator === 'Lt') && parseInteger(value) === undefined) {
    throw unexpected(token, 'integer');
  }
  return { key, operator, values: [value] };
}

function parseKey(tokens: Tokens, expected: string): string {
  const token = tokens.take();
  if (!isIdentifier(token)) throw unexpected(token, expected);
  const messages = validateLabelKey(token.text);
  if (messages.length > 0) throw unexpected(token, `label key: ${messages.join('; ')}`);
  return token.text;
}

function parseValues(tokens: Tokens): readonly string[] {
  const opening = tokens.take();
  if (opening.text !== '(') throw unexpected(opening, "'('");
  const values: string[] = [];
  for (;;) {
    values.push(parseValue(tokens, [',', ')'], "identifier, ',' or ')'"));
    const token = tokens.take();
    if (token.text === ')') return values;
    if (token.text !== ',') throw unexpected(token, "',' or ')'");
  }
}

/** A value, or the empty one where something that may follow a value comes at once. */
function parseValue(tokens: Tokens, followers: readonly string[], expected: string): string {
  const token = tokens.peek();
  if (followers.includes(token.text)) return '';
  if (!isIdentifier(token)) throw unexpected(token, expected);
  const messages = validateLabelValue(token.text);
  if (messages.length > 0) throw unexpected(token, `label value: ${messages.join('; ')}`);
  return tokens.take().text;
}

function unexpected(token: Token, expected: string): SelectorSyntaxError {
  return new SelectorSyntaxError(token.text, token.offset, expected);
}
