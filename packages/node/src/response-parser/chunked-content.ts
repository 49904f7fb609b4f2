import http from 'node:http';

import { InvalidResponseError } from '@portolan/proxy';

import { parseFields } from './response-head.ts';

/** Bytes of all chunk extensions together, as Node's server has it. */
const MAX_EXTENSIONS = 16 * 1024;

/** Size and extensions. 13 digits are as many as a number can tell apart. */
const SIZE = /^([\da-f]{1,13})(;[\t\x20-\x7e\x80-\xff]*)?$/i;

const LF = 0x0a;

/** Takes content out of its chunks: RFC 9112 section 7.1. Trailers are looked at and dropped. */
export class ChunkedContent {
  #expects: 'chunk-end' | 'data' | 'size' | 'trailer' = 'size';
  /** Bytes of the chunk that are still to come. */
  #missing = 0;
  /** The beginning of a line. */
  #line = '';
  #extensions = 0;
  #trailers = 0;

  /**
   * @returns what comes after the content, once that is at its end
   * @throws {InvalidResponseError} where it is not chunked as it should be
   */
  receive(bytes: Buffer, onData: (chunk: Buffer) => void): Buffer | undefined {
    let at = 0;
    while (at < bytes.length) {
      if (this.#expects === 'data') {
        const chunk = bytes.subarray(at, at + this.#missing);
        at += chunk.length;
        this.#missing -= chunk.length;
        if (this.#missing === 0) this.#expects = 'chunk-end';
        onData(chunk);
        continue;
      }
      const end = bytes.indexOf(LF, at);
      const line = this.#line + bytes.toString('latin1', at, end < 0 ? bytes.length : end);
      if (line.length > http.maxHeaderSize) throw invalid();
      if (end < 0) {
        this.#line = line;
        return undefined;
      }
      at = end + 1;
      this.#line = '';
      if (!line.endsWith('\r')) throw invalid();
      if (this.#isEnd(line.slice(0, -1))) return bytes.subarray(at);
    }
    return undefined;
  }

  /** Takes a line that is none of content; whether it is the last one. */
  #isEnd(line: string): boolean {
    switch (this.#expects) {
      case 'size': {
        const [, size, extensions = ''] = SIZE.exec(line) ?? [];
        this.#extensions += extensions.length;
        if (size === undefined || this.#extensions > MAX_EXTENSIONS) throw invalid();
        this.#missing = Number.parseInt(size, 16);
        this.#expects = this.#missing === 0 ? 'trailer' : 'data';
        return false;
      }
      case 'trailer':
        if (line === '') return true;
        this.#trailers += line.length;
        if (this.#trailers > http.maxHeaderSize) throw invalid();
        parseFields([line]);
        return false;
      case 'chunk-end':
      case 'data':
        if (line !== '') throw invalid();
        this.#expects = 'size';
        return false;
    }
  }
}

function invalid(): InvalidResponseError {
  return new InvalidResponseError('the endpoint answered with chunks that are none');
}
