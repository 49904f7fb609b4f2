/** What one proxy says of the request that it got: RFC 7239 section 5. */
export interface ForwardedElement {
  readonly for?: string;
  readonly host?: string;
  readonly proto?: string;
}

/** `name=token` or `name="quoted"`. Addresses with a colon are taken without quotes too, as some proxies write them. */
const PAIR =
  /^[ \t]*([!#$%&'*+.^_`|~\w-]+)=(?:([!#$%&'*+.^_`|~\w:[\]-]+)|"((?:[^"\\]|\\.)*)")[ \t]*$/;

/**
 * The elements of a Forwarded field, the last first: that of our peer. It is read from the right, and no further than to an
 * element that is malformed, so that nothing which stands to the left changes how an element is read. Empty elements are
 * passed over (RFC 9110 section 5.6.1.2).
 */
export function* forwardedElements(field: string): Generator<ForwardedElement, void> {
  for (const pairs of elementsOf(field)) {
    const parameters = new Map<string, string>();
    for (const pair of pairs) {
      if (pair.trim() === '') continue;
      const [, name, token, quoted] = PAIR.exec(pair) ?? [];
      // "Each parameter MUST NOT occur more than once": RFC 7239 section 4.
      if (name === undefined || parameters.has(name.toLowerCase())) return;
      parameters.set(name.toLowerCase(), token ?? (quoted ?? '').replace(/\\(.)/g, '$1'));
    }
    if (parameters.size === 0) continue;
    const [host, proto] = [parameters.get('host'), parameters.get('proto')];
    yield { for: parameters.get('for'), host, proto };
  }
}

/** The pairs of each element. What is left inside of quotes that nobody opened is no element. */
function* elementsOf(field: string): Generator<readonly string[], void> {
  let pairs: string[] = [];
  let end = field.length;
  let isQuoted = false;
  for (let at = end - 1; at >= -1; at -= 1) {
    const character = field[at] ?? ',';
    // An opening quote stands behind `=`, so one behind a backslash is part of the text.
    if (character === '"' && !(isQuoted && field[at - 1] === '\\')) isQuoted = !isQuoted;
    if (isQuoted || (character !== ',' && character !== ';')) continue;
    pairs.push(field.slice(at + 1, end));
    end = at;
    if (character === ';') continue;
    yield pairs;
    pairs = [];
  }
}

/** One element, with what is known: RFC 7239 section 4. */
export function formatForwarded({ for: node, host, proto }: ForwardedElement): string {
  return [...written('for', node), ...written('host', host), ...written('proto', proto)].join(';');
}

const TOKEN = /^[!#$%&'*+.^_`|~\w-]+$/;

function written(name: string, value: string = ''): readonly string[] {
  if (value === '') return [];
  return [`${name}=${TOKEN.test(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`}`];
}
