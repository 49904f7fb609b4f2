import * as fc from 'fast-check';

type Fields = readonly (readonly [string, unknown])[];

/** What may be asked for of the shop: something of every outcome. */
const url = fc.constantFrom(
  'https://shop.example/',
  'https://shop.example/cart?a=1',
  'https://shop.example/cart/metrics',
  'https://shop.example/asleep',
  'https://shop.example/gone',
  'http://shop.example/old',
  'http://shop.example/api/7',
  'http://a.example/',
  'http://203.0.113.10/',
);

const service = fc.constantFrom('shop/cart', 'shop/cart:80', 'shop/cart:http', 'shop/a:1');

/** Expectations that don't contradict themselves, true or not. */
const expectation: fc.Arbitrary<Fields> = fc.oneof(
  some({
    service,
    path: fc.constantFrom('/', '/cart', '/7?b=2'),
    headers: some(
      {
        'x-tag': fc.constantFrom('blue', null),
        'X-Forwarded-Proto': fc.constantFrom('http', 'https', null),
      },
      1,
    ),
    reachable: fc.constant(true),
    endpoints: fc.integer({ min: 1, max: 3 }),
    pod: fc.constantFrom('cart-0', 'x'),
    pods: fc.subarray(['cart-0', 'cart-1', 'x'], { minLength: 1 }),
  }),
  some({
    port: fc.constantFrom<number | string>(80, 81, 'http', 'metrics'),
    endpoint: fc.constant('10.0.0.1:80'),
  }),
  some({
    redirect: fc.constantFrom('http://shop.example/new', 'http://a.example/'),
    status: fc.constantFrom(301, 302),
    reachable: fc.constant(false),
  }),
  some({ service, status: fc.constant(503), reason: fc.constantFrom('NoReadyEndpoints', 'X') }),
  some({ status: fc.constantFrom(400, 404), reachable: fc.constant(false) }),
);

/** Some of these fields, in any order. */
function some(
  model: Readonly<Record<string, fc.Arbitrary<unknown>>>,
  minLength = 0,
): fc.Arbitrary<Fields> {
  return fc
    .shuffledSubarray(Object.entries(model), { minLength })
    .chain((chosen) =>
      fc.tuple(...chosen.map(([key, value]) => value.map((each): Fields[number] => [key, each]))),
    );
}

/** How a file is written: an answer to each question of style, over and over. */
interface Style {
  readonly next: (ways: number) => number;
  /** A comment of its own, or none. */
  readonly comment: () => string;
}

function styleOf(choices: readonly number[]): Style {
  let asked = 0;
  let comments = 0;
  const next = (ways: number): number => (choices[asked++ % choices.length] ?? 0) % ways;
  return {
    next,
    comment: () => (next(3) === 0 ? ` # comment ${(comments += 1)}` : ''),
  };
}

/** The text of a test file in one of the many ways to write it. */
export const writtenTable: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(fc.tuple(url, fc.option(expectation)), { minLength: 1, maxLength: 4 }),
    fc.array(fc.nat(60), { minLength: 1, maxLength: 40 }),
  )
  .map(([tests, choices]) => {
    const style = styleOf(choices);
    const text = `tests:${style.comment()}\n${tests.map((test) => writeTest(test, style)).join('')}`;
    return style.next(4) === 0 ? text.replaceAll('\n', '\r\n') : text;
  });

function writeTest([request, expected]: readonly [string, Fields | null], style: Style): string {
  const entries = [`request: ${scalar(request, style)}`];
  if (style.next(5) === 0) {
    const inline = expected === null ? [] : [`expect: ${flow(expected, style, '')}`];
    return `${ownLine(style, '  ')}  - { ${[...entries, ...inline].join(', ')} }${style.comment()}\n`;
  }
  const lines = entries.map((entry) => `${ownLine(style, '    ')}    ${entry}${style.comment()}\n`);
  const expectLines =
    expected === null
      ? []
      : [`${ownLine(style, '    ')}    expect:${blockValue(expected, style, '    ')}`];
  const all = style.next(2) === 0 ? [...lines, ...expectLines] : [...expectLines, ...lines];
  return `  -${style.comment()}\n${all.join('')}${ownLine(style, '    ')}`;
}

/** What follows on a key, to the end of its last line. */
function blockValue(fields: Fields, style: Style, indent: string): string {
  if (fields.length === 0) return `${style.next(2) === 0 ? ' {}' : ''}${style.comment()}\n`;
  if (style.next(2) === 0) return ` ${flow(fields, style, indent)}${style.comment()}\n`;
  const deeper = `${indent}${' '.repeat(1 + style.next(4))}`;
  const lines = fields.map(
    ([key, content]) =>
      `${ownLine(style, deeper)}${deeper}${key}:${blockContent(content, style, deeper)}`,
  );
  return `${style.comment()}\n${lines.join('')}${ownLine(style, deeper)}`;
}

function blockContent(content: unknown, style: Style, indent: string): string {
  if (isFields(content)) return blockValue(content, style, indent);
  if (!Array.isArray(content) || style.next(2) === 0) {
    return ` ${scalarOrList(content, style)}${style.comment()}\n`;
  }
  const items = content.map(
    (item) => `${ownLine(style, indent)}${indent}- ${scalar(item, style)}${style.comment()}\n`,
  );
  return `${style.comment()}\n${items.join('')}`;
}

/** In braces: in one line, or in several where `indent` tells how deep. */
function flow(fields: Fields, style: Style, indent: string): string {
  const entries = fields.map(
    ([key, content]) =>
      `${key}: ${isFields(content) ? flow(content, style, indent && `${indent}  `) : scalarOrList(content, style)}`,
  );
  if (indent === '' || style.next(2) === 0) {
    const blank = style.next(2) === 0 ? ' ' : '';
    return `{${blank}${entries.join(', ')}${blank}}`;
  }
  const lines = entries.map((entry, index) => {
    const comma = index < entries.length - 1 || style.next(2) === 0 ? ',' : '';
    return `${indent}  ${entry}${comma}${style.comment()}\n`;
  });
  return `{${style.comment()}\n${lines.join('')}${indent}}`;
}

function isFields(content: unknown): content is Fields {
  return Array.isArray(content) && content.every(Array.isArray);
}

function scalarOrList(content: unknown, style: Style): string {
  if (!Array.isArray(content)) return scalar(content, style);
  return `[${content.map((item) => scalar(item, style)).join(', ')}]`;
}

function scalar(content: unknown, style: Style): string {
  if (typeof content !== 'string') return String(content);
  return [content, `'${content}'`, `"${content}"`][style.next(3)] ?? content;
}

/** A comment on a line of its own, an empty line, or nothing. */
function ownLine(style: Style, indent: string): string {
  return (
    ['', '', '\n', `${indent}${`#${style.comment()}`.replace('# #', '#')}\n`][style.next(4)] ?? ''
  );
}
