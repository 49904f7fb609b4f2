import net from 'node:net';
import { buffer } from 'node:stream/consumers';

import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { errandPath } from './errand/errand.ts';
import { bytesOf, messages, type Message } from './fuzz/message.ts';
import { startHost, type Host } from './hosts/start-host.ts';
import { startSimpleOrigin } from './origin/origin.ts';
import { RUNTIMES } from './runtime/runtime.ts';

/** What arrived at the origin. */
interface Arrived {
  readonly method: string;
  readonly target: string;
  /** Names in lower case. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/** Sends bytes, and gives the status and whatever has arrived because of them. */
async function status(port: number, bytes: Buffer): Promise<number> {
  const socket = net.connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(bytes);
  const answer = await buffer(socket).catch(() => Buffer.alloc(0));
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(answer.toString('latin1'))?.[1] ?? 0);
}

/** Joined as RFC 9110 section 5.3 allows, so that a runtime may do so. */
function joined(fields: Arrived['fields']): ReadonlyMap<string, string> {
  const all = new Map<string, string>();
  for (const [name, value] of fields) {
    const key = name.toLowerCase();
    if (!key.startsWith('x-f-')) continue;
    const before = all.get(key);
    all.set(key, before === undefined ? value : `${before}, ${value}`);
  }
  return all;
}

/**
 * What a Request makes of a target: a backslash in the path is a slash; characters that no URI may hold, and the apostrophe in
 * a query, are percent-encoded. Source: URL standard sections 1.3 and 4.4.
 */
function asURL(target: string): string {
  const at = target.indexOf('?');
  const [path, query] = at < 0 ? [target, ''] : [target.slice(0, at), target.slice(at)];
  return encode(path.replaceAll('\\', '/'), /["<>^`{}]/g) + encode(query, /["'<>]/g);
}

function encode(text: string, set: RegExp): string {
  return text.replace(set, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);
}

describe.each(RUNTIMES)('a fuzzed request on $name', ({ name }) => {
  let host: Host;
  let origin: Awaited<ReturnType<typeof startSimpleOrigin>>;
  let arrived: Arrived[] = [];
  beforeAll(async () => {
    [host, origin] = await Promise.all([
      startHost(name),
      startSimpleOrigin(async (request, response) => {
        const { method = '', url = '', rawHeaders } = request;
        const fields = Array.from(
          { length: rawHeaders.length / 2 },
          (_, index) =>
            [
              String(rawHeaders[2 * index]).toLowerCase(),
              String(rawHeaders[2 * index + 1]),
            ] as const,
        );
        const body = await buffer(request);
        arrived.push({ method, target: url, fields, body });
        response.writeHead(204).end();
      }),
    ]);
  }, 60_000);
  afterAll(() => Promise.all([host.stop(), origin.close()]));

  it('arrives as it was sent, or is refused', { timeout: 120_000 }, async () => {
    let passed = 0;
    await fc.assert(
      fc.asyncProperty(messages, async (message: Message) => {
        arrived = [];
        const answered = await status(
          host.port,
          bytesOf(message, errandPath({ port: origin.port }, '')),
        );
        if (answered === 204) passed += 1;
        expect([204, 400, 501]).toContain(answered);
        expect(arrived).toHaveLength(answered === 204 ? 1 : 0);
        for (const { method, target, fields, body } of arrived) {
          expect(method).toBe(message.method);
          const sent = message.path + (message.query === undefined ? '' : `?${message.query}`);
          expect([sent, asURL(sent)]).toContain(target);
          expect(joined(fields)).toEqual(joined(message.fields));
          expect(body.equals(message.body)).toBe(true);
        }
      }),
      { numRuns: 300, seed: 4 },
    );
    // Most of them are good requests.
    expect(passed).toBeGreaterThan(150);
  });
});
