import { once } from 'node:events';
import http from 'node:http';
import { buffer } from 'node:stream/consumers';

/** What a client sends. */
export interface Sent {
  readonly method?: string;
  readonly path: string;
  readonly headers?: http.OutgoingHttpHeaders;
  readonly body?: string | Buffer;
}

/** What a client got. */
export interface Received {
  readonly status: number;
  /** Names in lower case, values joined. */
  readonly headers: http.IncomingHttpHeaders;
  /** Every field line as it came. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/** A request under way, on a connection of its own. Nothing is added to it but Host, Connection and what frames the body. */
export interface Exchange {
  readonly request: http.ClientRequest;
  /** When the header of the answer is there. */
  readonly response: Promise<http.IncomingMessage>;
}

/** Begins a request; the body is the caller's to write and end. */
export function open(port: number, { method = 'GET', path, headers = {} }: Sent): Exchange {
  const request = http.request({ host: '127.0.0.1', port, method, path, headers, agent: false });
  const response: Exchange['response'] = once(request, 'response').then(([message]) => message);
  // Whoever waits for the response is told; to those who don't, a broken connection is what they made.
  response.catch(() => undefined);
  request.on('error', () => undefined);
  return { request, response };
}

/** Sends a whole request and reads the whole answer. */
export async function send(port: number, sent: Sent): Promise<Received> {
  const { request, response } = open(port, sent);
  request.end(sent.body);
  const message = await response;
  return { ...head(message), body: await buffer(message) };
}

function head(message: http.IncomingMessage): Omit<Received, 'body'> {
  const { rawHeaders } = message;
  const fields = Array.from(
    { length: rawHeaders.length / 2 },
    (_, index) =>
      [String(rawHeaders[2 * index]).toLowerCase(), String(rawHeaders[2 * index + 1])] as const,
  );
  return { status: message.statusCode ?? 0, headers: message.headers, fields };
}
