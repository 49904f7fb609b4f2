import { request, type IncomingHttpHeaders } from 'node:http';

/** An answer as it came over the wire. */
export interface Answer {
  readonly status: number;
  /** `HTTP/1.1`. */
  readonly protocol: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Sends one request without a body over a connection of its own, to a port of 127.0.0.1. */
export function knock(
  port: number,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (incoming) => {
      let body = '';
      incoming.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      incoming.on('error', reject).on('end', () => {
        const { statusCode: status = 0, httpVersion } = incoming;
        resolve({ status, protocol: `HTTP/${httpVersion}`, headers: incoming.headers, body });
      });
    })
      .on('error', reject)
      .end();
  });
}
