import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { Bridge, type BridgedSocket, type Message } from './bridge.ts';

const LIMIT = 4 * 1024 * 1024;

/** One side, and all that was asked of it. */
interface Fake extends BridgedSocket {
  readonly said: unknown[];
  /** Bytes that wait to leave. */
  waiting: number;
}

function fake(abilities: Partial<BridgedSocket> = {}): Fake {
  const said: unknown[] = [];
  const socket: Fake = {
    said,
    waiting: 0,
    buffered: () => socket.waiting,
    send: (message: Message) => said.push(message),
    close: (code, reason) => said.push(['close', code, reason]),
    ...abilities,
  };
  return socket;
}

function pausable(said: unknown[]): Partial<BridgedSocket> {
  return { pause: () => said.push('pause'), resume: () => said.push('resume') };
}

function tied(client: BridgedSocket = fake(), endpoint: BridgedSocket = fake()): Bridge {
  const bridge = new Bridge(LIMIT);
  bridge.open('endpoint', endpoint);
  bridge.open('client', client);
  return bridge;
}

describe('a bridge', () => {
  it('brings messages to the other side, in order', () => {
    const [client, endpoint] = [fake(), fake()];
    const bridge = tied(client, endpoint);
    bridge.receive('client', 'a');
    bridge.receive('endpoint', 'b');
    bridge.receive('client', Uint8Array.of(1));
    expect(endpoint.said).toEqual(['a', Uint8Array.of(1)]);
    expect(client.said).toEqual(['b']);
  });

  it('keeps what comes for a side until it is open, and its end too', () => {
    const client = fake();
    const bridge = new Bridge(LIMIT);
    bridge.open('endpoint', fake());
    bridge.receive('endpoint', 'a');
    bridge.receive('endpoint', 'b');
    bridge.end('endpoint', 4000, 'done');
    bridge.open('client', client);
    expect(client.said).toEqual(['a', 'b', ['close', 4000, 'done']]);
  });

  it.each([
    [1000, 'bye', [1000, 'bye']],
    [1005, '', [undefined, undefined]],
    [1006, '', [1011, undefined]],
    [1015, '', [1011, undefined]],
    [0, '', [1011, undefined]],
    [undefined, undefined, [1011, undefined]],
  ])('ends a side as the other ended: %s', async (code, reason, told) => {
    const endpoint = fake();
    const bridge = tied(fake(), endpoint);
    bridge.end('client', code, reason);
    expect(endpoint.said).toEqual([['close', ...told]]);
    await bridge.closed;
  });

  it('tells a side of its end once, and brings it nothing afterwards', () => {
    const [client, endpoint] = [fake(), fake()];
    const bridge = tied(client, endpoint);
    bridge.close(1001, 'away');
    bridge.receive('client', 'late');
    bridge.end('client', 1001, 'away');
    bridge.end('endpoint', 1001, 'away');
    expect(client.said).toEqual([['close', 1001, 'away']]);
    expect(endpoint.said).toEqual([['close', 1001, 'away']]);
  });

  it('closes both sides when more waits for one than may', () => {
    const [client, endpoint] = [fake(), fake()];
    const bridge = tied(client, endpoint);
    client.waiting = LIMIT;
    bridge.receive('endpoint', 'just');
    client.waiting = LIMIT + 1;
    bridge.receive('endpoint', 'too much');
    const closed = ['close', 1013, 'The other side is too slow'];
    expect(client.said).toEqual(['just', closed]);
    expect(endpoint.said).toEqual([closed]);
  });

  it('counts what waits for a side that is not open', () => {
    const endpoint = fake();
    const bridge = new Bridge(LIMIT);
    bridge.open('endpoint', endpoint);
    for (let sent = 0; sent < 3; sent++) bridge.receive('endpoint', new Uint8Array(LIMIT / 2));
    expect(endpoint.said).toEqual([]);
    bridge.receive('endpoint', 'too much');
    expect(endpoint.said).toMatchObject([['close', 1013, expect.anything()]]);
  });

  it('lets a single message be of any size', () => {
    const endpoint = fake();
    tied(fake(), endpoint).receive('client', new Uint8Array(2 * LIMIT));
    expect(endpoint.said).toHaveLength(1);
  });
});

describe('a bridge whose sides can be paused', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('reads a side again when the other has taken enough in', () => {
    const said: unknown[] = [];
    const client = fake();
    const bridge = tied(client, fake(pausable(said)));
    client.waiting = LIMIT / 2;
    bridge.receive('endpoint', 'a');
    bridge.receive('endpoint', 'b');
    vi.advanceTimersByTime(1000);
    expect(said).toEqual(['pause']);
    client.waiting = 0;
    vi.advanceTimersByTime(1000);
    expect(said).toEqual(['pause', 'resume']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('reads a paused side again to hear it agree to the end', () => {
    const said: unknown[] = [];
    const client = fake();
    const bridge = tied(client, fake({ ...pausable(said), close: () => said.push('close') }));
    client.waiting = LIMIT;
    bridge.receive('endpoint', 'a');
    bridge.end('client', 1000);
    expect(said).toEqual(['pause', 'resume', 'close']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('looks no more after a paused side that has ended', () => {
    const client = fake();
    const bridge = tied(client, fake(pausable([])));
    client.waiting = LIMIT;
    bridge.receive('endpoint', 'a');
    bridge.end('endpoint', 1000);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a bridge whose sides can be terminated', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('terminates one that does not agree to the end, but not while it still takes in', () => {
    let isTerminated = false;
    const endpoint = fake({ terminate: () => (isTerminated = true) });
    endpoint.waiting = 3;
    tied(fake(), endpoint).end('client', 1000);
    for (; endpoint.waiting > 0; endpoint.waiting--) vi.advanceTimersByTime(9999);
    expect(isTerminated).toBe(false);
    vi.advanceTimersByTime(20_000);
    expect(isTerminated).toBe(true);
  });

  it('leaves one alone that agrees', () => {
    const terminate = vi.fn<() => void>();
    const bridge = tied(fake(), fake({ terminate }));
    bridge.end('client', 1000);
    bridge.end('endpoint', 1000);
    expect(vi.getTimerCount()).toBe(0);
    expect(terminate).not.toHaveBeenCalled();
  });
});
