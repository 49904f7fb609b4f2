const METHODS = ['POST', 'POST', 'POST', 'PUT', 'GET', 'HEAD', 'DELETE', 'OPTIONS', 'PROPFIND'];

const VERSIONS = [
  ...Array.from({ length: 16 }, () => ' HTTP/1.1'),
  ' HTTP/1.0',
  ' HTTP/1.2',
  ' HTTP/2.0',
  ' HTTP/1.1 ',
  '  HTTP/1.1',
  '\tHTTP/1.1',
  ' HTTP/1.1\0',
  ' http/1.1',
  '',
];

/** What ends a line. */
const ENDS = [
  ...Array.from({ length: 30 }, () => '\r\n'),
  '\n',
  '\r',
  '\r\r\n',
  '\n\r\n',
  '\r\n\r',
  '\0\r\n',
  ' \r\n',
  '\r\n ',
  '\r\n\t',
  '\x0b\r\n',
  '\x85',
];

/** What stands between a name and its value. */
const COLONS = [
  ...Array.from({ length: 16 }, () => ': '),
  ':',
  ':\t',
  ' : ',
  '\t: ',
  ':\r\n ',
  ':\n ',
  '\x0b: ',
  '\0: ',
  ':: ',
  ':\x0c',
  '\xa0: ',
];

const CODING_NAMES = [
  ...Array.from({ length: 8 }, () => 'Transfer-Encoding'),
  'transfer-encoding',
  'TRANSFER-ENCODING',
  ' Transfer-Encoding',
  'Transfer-Encoding\t',
  'Transfer\xadEncoding',
  '\0Transfer-Encoding',
  'X: y\nTransfer-Encoding',
  'X: y\rTransfer-Encoding',
];

const CODINGS = [
  ...Array.from({ length: 10 }, () => 'chunked'),
  'Chunked',
  'chunked ',
  '\tchunked',
  '\x0bchunked',
  'xchunked',
  'chunked, identity',
  'identity, chunked',
  'identity',
  'gzip, chunked',
  'chunked, chunked',
  'chunked;q=1',
  '"chunked"',
  'chunk\r\n ed',
  ', chunked',
  'chunked,',
  'chu\0nked',
  '',
];

const LENGTH_NAMES = [
  ...Array.from({ length: 6 }, () => 'Content-Length'),
  'content-length',
  'CONTENT-LENGTH',
  ' Content-Length',
  'Content-Length ',
  'X: y\nContent-Length',
  'X: y\rContent-Length',
];

/** Header fields that move others, or the connection. */
const OTHERS = [
  'Connection: keep-alive',
  'Connection: Content-Length',
  'Connection: Transfer-Encoding',
  'Connection: close, Host',
  'Connection: X-Request-Id, Via, Forwarded',
  'Connection: Upgrade\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__',
  'Connection: Upgrade\r\nUpgrade: websocket',
  'Expect: 100-continue',
  'Expect: 200-ok',
  'TE: trailers, chunked',
  'Trailer: Content-Length',
  'X-Obs: \xff\xfe',
  'X-Long: '.padEnd(3000, 'a'),
  'X-Empty:',
  'X-Fold: a\r\n b',
  'X"Quoted": a',
  '@: a',
  ': a',
  'no colon',
  'Host: other.example',
  'Keep-Alive: timeout=1, max=1',
];

const SIZES: readonly ((size: number) => string)[] = [
  ...Array.from({ length: 14 }, () => (size: number) => size.toString(16)),
  (size) => size.toString(16).toUpperCase(),
  (size) => `000${size.toString(16)}`,
  (size) => `0x${size.toString(16)}`,
  (size) => `+${size.toString(16)}`,
  (size) => `-${size.toString(16)}`,
  (size) => ` ${size.toString(16)}`,
  (size) => `${size.toString(16)} `,
  (size) => `${size.toString(16)}_`,
  (size) => `1${'0'.repeat(16)}${size.toString(16)}`,
  (size) => `${size.toString(16)};a=b`,
  (size) => `${size.toString(16)};a="b;c"`,
  (size) => `${size.toString(16)};a="\r\n"`,
  (size) => `${size.toString(16)};a\n0`,
  (size) => `${size.toString(16)};a\r0`,
  (size) => `${size.toString(16)};\0`,
  (size) => `${size.toString(16)} ;`,
  (size) => `${size.toString(16)}\n`,
  (size) => (size + 1).toString(16),
  (size) => Math.max(0, size - 1).toString(16),
  () => '',
];

const LAST_CHUNKS = [
  ...Array.from({ length: 10 }, () => '0\r\n\r\n'),
  '0\n\n',
  '0\r\n',
  '0\r\n\n',
  '0\r\r\n\r\n',
  '0;a=b\r\n\r\n',
  '000000000000000000\r\n\r\n',
  '0\r\nX-Trailer: a\r\n\r\n',
  '0\r\nContent-Length: 40\r\n\r\n',
  '0\r\nTransfer-Encoding: chunked\r\n\r\n',
  '0\r\nHost: other.example\r\n\r\n',
  '0\r\n folded\r\n\r\n',
  '0\r\nno colon\r\n\r\n',
  '-0\r\n\r\n',
  '',
];

/**
 * Makes requests of which each is wrong, or odd, in a few ways, and whose content looks like a request.
 *
 * @param smuggled The request that their content holds.
 */
export function mutant(random: () => number, target: string, smuggled: string): string {
  const pick = <Each>(from: readonly Each[]): Each => {
    const picked = from[Math.floor(random() * from.length)];
    if (picked === undefined) throw new RangeError('nothing to choose from');
    return picked;
  };
  const often = (share: number): boolean => random() < share;
  const end = (): string => (often(0.95) ? '\r\n' : pick(ENDS));

  const body = pick([smuggled, '', 'a', `a=b&${smuggled}`, smuggled.repeat(2)]);
  const chunks = (): string => {
    const size = pick(SIZES)(body.length);
    return `${size}${end()}${body}${often(0.85) ? '\r\n' : pick(['', '\n', '\r', 'X\r\n'])}${pick(LAST_CHUNKS)}`;
  };
  const isChunked = often(0.6);
  const content = isChunked && (body !== '' || often(0.5)) ? chunks() : body;

  const colon = (): string => (often(0.85) ? ': ' : pick(COLONS));
  const coding = (): string =>
    `${often(0.8) ? 'Transfer-Encoding' : pick(CODING_NAMES)}${colon()}${pick(CODINGS)}`;
  const length = (): string => {
    const right = content.length;
    const value = pick([
      ...Array.from({ length: 8 }, () => `${right}`),
      '0',
      '1',
      `+${right}`,
      `-${right}`,
      `0${right}`,
      `${right}, ${right}`,
      `${right} 0`,
      `${right}.0`,
      `0x${right.toString(16)}`,
      `${right}e0`,
      `${right}\x0b`,
      '9'.repeat(20),
      '18446744073709551616',
      '',
    ]);
    return `${often(0.8) ? 'Content-Length' : pick(LENGTH_NAMES)}${colon()}${value}`;
  };

  const fields = ['Host: desync.example'];
  if (isChunked ? often(0.95) : often(0.1)) fields.push(coding());
  if (isChunked ? often(0.25) : often(0.9)) fields.push(length());
  if (often(0.08)) fields.push(coding());
  if (often(0.08)) fields.push(length());
  while (often(0.35)) fields.push(pick(OTHERS));
  // In any order.
  const keyed = fields.map((field) => [random(), field] as const);
  const shuffled = keyed.toSorted(([one], [other]) => one - other).map(([, field]) => field);

  const before = often(0.95) ? '' : pick(['\r\n', '\n', '\r', ' ', '\r\n\r\n\r\n', '\0']);
  const start = `${pick(METHODS)} ${target}${often(0.85) ? ' HTTP/1.1' : pick(VERSIONS)}`;
  const lines = [start, ...shuffled].map((line) => line + end());
  return `${before}${lines.join('')}${end()}${content}`;
}
