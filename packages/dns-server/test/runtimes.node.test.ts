import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { decode, streamDecode, streamEncode } from 'dns-packet';
import { describe, expect, it } from 'vitest';

import { query } from './query.ts';

const PROGRAM = fileURLToPath(new URL('program.ts', import.meta.url));

const binary = (name: string): string =>
  fileURLToPath(new URL(`../../../node_modules/.bin/${name}`, import.meta.url));

const RUNTIMES: readonly (readonly [name: string, command: string, args: readonly string[]])[] = [
  ['Node', process.execPath, [PROGRAM]],
  ['Deno', binary('deno'), ['run', '--allow-env', '--allow-net', '--allow-read', PROGRAM]],
  ['Bun', binary('bun'), [PROGRAM]],
];

describe('a DNS server', () => {
  it.each(RUNTIMES)('on %s answers over UDP and TCP, and closes', async (_, command, args) => {
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    const exited = once(child, 'exit');
    try {
      const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
      const { value: first = '' } = await lines.next();
      const port = Number(first.replace('port ', ''));

      const udp = createSocket('udp4');
      const datagram = once(udp, 'message');
      udp.send(query({ id: 1, name: 'many.shop.svc.cluster.local' }), port, '127.0.0.1');
      const [truncated] = await datagram;
      udp.close();
      expect(decode(truncated)).toMatchObject({ id: 1, rcode: 'NOERROR', flag_tc: true });

      const tcp = connect(port, '127.0.0.1');
      const segment = once(tcp, 'data');
      tcp.write(
        streamEncode({ type: 'query', id: 2, questions: [{ name: 'example.com', type: 'A' }] }),
      );
      const [refused] = await segment;
      expect(streamDecode(refused)).toMatchObject({ id: 2, rcode: 'REFUSED' });

      const closed = once(tcp, 'close');
      child.stdin.end();
      await closed;
      expect(await lines.next()).toMatchObject({ value: 'closed' });
      expect(await exited).toEqual([0, null]);
    } finally {
      child.kill();
    }
  });
});
