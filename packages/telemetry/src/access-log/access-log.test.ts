import { describe, expect, it } from 'vitest';

import { answered, refused } from '../../test/exchange.ts';
import { accessLogLine } from './access-log-line.ts';
import { accessLog, type AccessLogOptions } from './access-log.ts';

const gone: typeof refused = { ...refused, status: 404 };
const upstreamError: typeof answered = { ...answered, status: 500 };

function written(only?: AccessLogOptions['only']): readonly string[] {
  const lines: string[] = [];
  const observe = accessLog({ write: (line) => void lines.push(line), only });
  for (const exchange of [
    answered,
    refused,
    gone,
    upstreamError,
    { ...answered, end: 'aborted' as const },
    { ...answered, end: 'broken' as const },
    { ...answered, end: 'idle' as const },
  ]) {
    observe(exchange);
  }
  return lines;
}

describe('accessLog', () => {
  it('writes a line for each request', () => {
    expect(written()).toHaveLength(7);
    expect(written('all')[0]).toBe(accessLogLine(answered));
  });

  it('of failures writes our own answers from 500 on, broken and idle ends, and nothing else', () => {
    expect(written('failures')).toEqual([
      accessLogLine(refused),
      accessLogLine({ ...answered, end: 'broken' }),
      accessLogLine({ ...answered, end: 'idle' }),
    ]);
  });
});
