/** An answer from which what follows on the connection is hard to tell. */
export interface OddAnswer {
  readonly name: string;
  /** `GET` by default. */
  readonly method?: string;
  /** What the client sends of 100 bytes that it announces; none by default. */
  readonly content?: string;
  readonly first: string;
  /** What comes a little later; nothing by default. */
  readonly later?: string;
}

/** What no client may ever see. */
export const PUT_IN = 'X-Put-In';

const ANSWER = `HTTP/1.1 200 OK\r\n${PUT_IN}: 1\r\nContent-Length: 6\r\n\r\nput in`;
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const CHUNKED = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';
const OF_LENGTH = `HTTP/1.1 200 OK\r\nContent-Length: ${ANSWER.length}\r\n\r\n`;

export const ODD_ANSWERS: readonly OddAnswer[] = [
  { name: 'another one with it', first: OK + ANSWER },
  { name: 'another one after it', first: OK, later: ANSWER },
  { name: 'half of another one after it', first: OK, later: ANSWER.slice(0, 30) },
  { name: 'something else after it', first: OK, later: `${PUT_IN}\r\n\r\n` },
  { name: 'early hints after it', first: OK, later: `HTTP/1.1 103 Hints\r\n${PUT_IN}: 1\r\n\r\n` },
  { name: 'a timeout after it', first: OK, later: ANSWER.replace('200 OK', '408 Request Timeout') },
  { name: 'chunks, and another one with them', first: `${CHUNKED}2\r\nok\r\n0\r\n\r\n${ANSWER}` },
  { name: 'chunks, and another one after them', first: `${CHUNKED}0\r\n\r\n`, later: ANSWER },
  {
    name: 'trailers',
    first: `${CHUNKED}2\r\nok\r\n0\r\n${PUT_IN}: 1\r\nContent-Length: 9\r\n\r\n`,
  },
  { name: 'content for HEAD with it', method: 'HEAD', first: OF_LENGTH + ANSWER },
  { name: 'content for HEAD after it', method: 'HEAD', first: OF_LENGTH, later: ANSWER },
  { name: 'content of 204 with it', first: OF_LENGTH.replace('200 OK', '204 No') + ANSWER },
  { name: 'content of 204 after it', first: OF_LENGTH.replace('200 OK', '204 No'), later: ANSWER },
  { name: 'content of 304 with it', first: OF_LENGTH.replace('200 OK', '304 No') + ANSWER },
  { name: 'content of 304 after it', first: OF_LENGTH.replace('200 OK', '304 No'), later: ANSWER },
  {
    name: 'length and chunks',
    first: `${CHUNKED.replace('\r\n\r\n', '\r\nContent-Length: 5\r\n\r\n')}0\r\n\r\n${ANSWER}`,
  },
  { name: 'two lengths', first: OK.replace('\r\n\r\n', '\r\nContent-Length: 9\r\n\r\n') + ANSWER },
  {
    name: 'folded Transfer-Encoding',
    first: `${CHUNKED.replace(': ', ':\r\n ')}0\r\n\r\n${ANSWER}`,
  },
  {
    name: 'chunks in HTTP/1.0',
    first: `${CHUNKED.replace('1.1', '1.0').replace('\r\n\r\n', '\r\nConnection: keep-alive\r\n\r\n')}0\r\n\r\n`,
    later: ANSWER,
  },
  {
    name: 'a line break in Location',
    first: `HTTP/1.1 302 Found\r\nLocation: /a\r${PUT_IN}: 1\r\nContent-Length: 0\r\n\r\n`,
  },
  {
    name: 'LF in Location',
    first: `HTTP/1.1 302 Found\r\nLocation: /a\n${PUT_IN}: 1\r\nContent-Length: 0\r\n\r\n`,
  },
  {
    name: 'a line break in the reason',
    first: `HTTP/1.1 200 OK\r${PUT_IN}: 1\r\nContent-Length: 0\r\n\r\n`,
  },
  {
    name: 'a switch that nobody asked for',
    first: `HTTP/1.1 101 Switching\r\nConnection: Upgrade\r\nUpgrade: a\r\n\r\n${ANSWER}`,
  },
  { name: 'before the content', method: 'POST', content: 'a', first: OK, later: ANSWER },
  {
    name: 'before the content, which seems a request',
    method: 'POST',
    content: 'GET /canary HTTP/1.1\r\n\r\n',
    first: OK,
  },
  {
    name: 'interim answers without end',
    first: 'HTTP/1.1 102 Processing\r\n\r\n'.repeat(2_000) + OK,
  },
];
