import type { Http2SecureServer, SecureServerOptions, ServerHttp2Session } from 'node:http2';

import type { MessageLimits } from '../message-fault/message-fault.ts';
import { answerStream, type AnswerStreamOptions } from './answer-stream.ts';

/** Milliseconds that a client gets to close its side of a connection that is over. */
const LINGER = 2000;
/** Streams that one client may have open; RFC 9113 section 6.5.2 recommends no fewer. */
const MAX_CONCURRENT_STREAMS = 100;
/** Octets that a field counts for besides its name and value: RFC 9113 section 6.5.2. */
const FIELD_OVERHEAD = 32;

/**
 * What clients may do, besides what Node bounds by itself: streams that they reset (1000 at once, 33 a second), frames that are
 * none, PING and SETTINGS that they don't read the answers to. Header sections are taken a good deal larger than allowed, so that
 * they can be refused in words; beyond that the stream is reset.
 */
export function sessionOptions({
  maxHeaderSize,
  maxHeaderFields,
  maxURLLength,
}: MessageLimits): SecureServerOptions {
  return {
    maxHeaderListPairs: 2 * maxHeaderFields + 16,
    settings: {
      enablePush: false,
      // RFC 8441 is not spoken: WebSockets come over HTTP/1.1.
      enableConnectProtocol: false,
      maxConcurrentStreams: MAX_CONCURRENT_STREAMS,
      maxHeaderListSize:
        2 * (maxHeaderSize + maxURLLength) + FIELD_OVERHEAD * (2 * maxHeaderFields + 16),
    },
  };
}

export interface TakeStreamsOptions extends AnswerStreamOptions {
  /** Milliseconds that a connection is kept without a request. */
  readonly keepAliveTimeout: number;
}

/** Answers what comes in over HTTP/2 at a server. To be called when it has all listeners for HTTP/1.1. */
export function takeStreams(server: Http2SecureServer, options: TakeStreamsOptions): void {
  // Node's own makes requests of HTTP/1.1's form of them.
  server.removeAllListeners('stream');
  server.on('session', (session) => {
    session.on('stream', (stream, _headers, _flags, rawHeaders) => {
      answerStream(stream, rawHeaders, options).catch(() => stream.close());
    });
    endWhenIdle(session, options.keepAliveTimeout);
  });
}

function endWhenIdle(session: ServerHttp2Session, timeout: number): void {
  let open = 0;
  let timer: NodeJS.Timeout | undefined;
  const end = (): void => {
    session.close();
    timer = setTimeout(() => session.socket.destroy(), LINGER);
  };
  const wait = (): void => {
    timer = setTimeout(end, timeout);
  };
  session.on('stream', (stream) => {
    open += 1;
    clearTimeout(timer);
    stream.once('close', () => {
      open -= 1;
      if (open === 0 && !session.destroyed) wait();
    });
  });
  session.once('close', () => clearTimeout(timer));
  wait();
}
