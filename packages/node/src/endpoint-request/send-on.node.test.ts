import dns from 'node:dns';

import { describe, expect, it } from 'vitest';

import { startRawOrigin } from '../../test/raw-origin/raw-origin.ts';
import { connect } from '../endpoint-connection/connect.ts';
import { endpointBase } from '../endpoint-connection/endpoint-base.ts';
import { requestHead } from './request-head.ts';
import { sendOn } from './send-on.ts';

const HOW = { lookup: dns.lookup, timeout: 1000 };

describe('a request on a new connection', () => {
  it('fails where that broke before it was used', async () => {
    await using raw = await startRawOrigin((to) => to.resetAndDestroy());
    const at = endpointBase(`http://127.0.0.1:${raw.port}`);
    const request = new Request(`${at.base}/`);
    const connection = await connect(at, HOW, request.signal);
    const { socket } = connection;
    // Has it reset; nobody but the connection listens to the error.
    socket.write('GET / HTTP/1.1\r\n\r\n');
    await new Promise<void>((resolve) => {
      socket.once('close', () => resolve());
    });
    await expect(sendOn(connection, request, requestHead(request, at))).rejects.toThrow(
      'the endpoint closed the connection',
    );
  });

  it('that is aborted before it begins is not sent', async () => {
    await using raw = await startRawOrigin((to) => to.write('HTTP/1.1 204 No Content\r\n\r\n'));
    const at = endpointBase(`http://127.0.0.1:${raw.port}`);
    const aborter = new AbortController();
    const send = async (request: Request): Promise<number> => {
      const connection = await connect(at, HOW, new AbortController().signal);
      return (await sendOn(connection, request, requestHead(request, at))).status;
    };
    const given = send(new Request(`${at.base}/given`, { signal: aborter.signal }));
    aborter.abort(new Error('nobody waits'));
    await expect(given).rejects.toThrow('nobody waits');
    expect(await send(new Request(`${at.base}/wanted`))).toBe(204);
    expect(raw.heard()).toMatch(/^GET \/wanted /);
    expect(raw.connections()).toBe(2);
  });
});
