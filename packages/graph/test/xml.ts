/** An element of a parsed document. */
export interface XMLElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly (XMLElement | string)[];
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['#39', "'"],
]);

/**
 * Reads XML as strictly as is needed to tell that a document is well-formed: elements, attributes in double quotes, text and
 * the entities that every XML parser knows. What is none of these is an error.
 *
 * Source: Extensible Markup Language (XML) 1.0, sections 2.2, 2.4 and 3.1.
 */
export function parseXML(text: string): XMLElement {
  let at = 0;
  const fail = (expected: string): never => {
    throw new SyntaxError(
      `expected ${expected} at ${at}: ${JSON.stringify(text.slice(at, at + 40))}`,
    );
  };
  const take = (expected: string): void => {
    if (!text.startsWith(expected, at)) fail(JSON.stringify(expected));
    at += expected.length;
  };
  const takeWhile = (accepts: (character: string) => boolean): string => {
    const start = at;
    while (at < text.length && accepts(text.charAt(at))) at += 1;
    return text.slice(start, at);
  };
  const name = (): string => takeWhile((character) => NAME.includes(character)) || fail('a name');
  const characters = (end: string): string => {
    let result = '';
    while (at < text.length && text.charAt(at) !== end) {
      const code = text.codePointAt(at) ?? 0;
      const character = String.fromCodePoint(code);
      if (!isAllowed(code) || character === '<' || character === '>') fail('an allowed character');
      at += character.length;
      if (character !== '&') result += character;
      else {
        const entity = takeWhile((each) => each !== ';' && at < text.length);
        take(';');
        result += ENTITIES.get(entity) ?? fail('a known entity');
      }
    }
    return result;
  };
  const element = (): XMLElement => {
    take('<');
    const tag = name();
    const attributes = new Map<string, string>();
    while (text.charAt(at) === ' ') {
      take(' ');
      const key = name();
      if (attributes.has(key)) fail('each attribute once');
      take('="');
      attributes.set(key, characters('"'));
      take('"');
    }
    if (text.startsWith('/>', at)) {
      take('/>');
      return { name: tag, attributes, children: [] };
    }
    take('>');
    const children: (XMLElement | string)[] = [];
    while (!text.startsWith('</', at)) {
      if (at >= text.length) fail(`</${tag}>`);
      children.push(text.charAt(at) === '<' ? element() : characters('<'));
    }
    take(`</${tag}>`);
    return { name: tag, attributes, children };
  };
  const root = element();
  take('\n');
  if (at < text.length) fail('the end');
  return root;
}

const NAME = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-';

function isAllowed(code: number): boolean {
  if (code < 0x20) return code === 9 || code === 10 || code === 13;
  return (code < 0xd800 || code > 0xdfff) && code !== 0xfffe && code !== 0xffff;
}

/** The element itself, and all below it. */
export function elementsOf(element: XMLElement): readonly XMLElement[] {
  return [
    element,
    ...element.children.flatMap((child) => (typeof child === 'string' ? [] : elementsOf(child))),
  ];
}

/** All text in it. */
export function textOf({ children }: XMLElement): string {
  return children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
}
