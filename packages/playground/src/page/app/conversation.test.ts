import { describe, expect, it } from 'vitest';

import type { Command } from '../../protocol/command.ts';
import type { Report } from '../../protocol/report.ts';
import { type Conversation, createConversation } from './conversation.ts';

interface Talk {
  readonly conversation: Conversation;
  /** What the engines were sent so far, in order. */
  readonly heard: Command[];
  /** What the page was told so far. */
  readonly told: Report[];
  readonly busy: boolean[];
  /** The engine that runs tells this. */
  readonly tell: (report: Report) => void;
  /** Each engine that was started, with what it tells with. */
  readonly engines: { readonly tell: (report: Report) => void; closed: boolean }[];
}

function talk(): Talk {
  const heard: Command[] = [];
  const told: Report[] = [];
  const busy: boolean[] = [];
  const engines: Talk['engines'] = [];
  const conversation = createConversation(
    (tell) => {
      const engine = { tell, closed: false };
      engines.push(engine);
      return {
        send: (command) => heard.push(command),
        close: () => {
          engine.closed = true;
        },
      };
    },
    (report) => told.push(report),
    (is) => busy.push(is),
  );
  return {
    conversation,
    heard,
    told,
    busy,
    engines,
    tell: (report) => engines.at(-1)?.tell(report),
  };
}

const chart: Extract<Report, { kind: 'view' }>['chart'] = {
  columns: [
    { kind: 'doors', cards: [], total: 0 },
    { kind: 'rules', cards: [], total: 0 },
    { kind: 'services', cards: [], total: 0 },
    { kind: 'endpoints', cards: [], total: 0 },
  ],
  links: [],
};
const viewOf = (id: number): Report => ({ kind: 'view', for: id, chart });
const sourceOf = (id: number): Report => ({
  kind: 'source',
  for: id,
  version: '',
  counts: { objects: 0, rules: 0, services: 0, endpoints: 0 },
  findings: [],
  nodes: [],
  zones: [],
  urls: [],
});
const ask = (
  url: string,
): { readonly kind: 'ask'; readonly request: { readonly url: string } } => ({
  kind: 'ask',
  request: { url },
});
const open = (manifests: string): { readonly kind: 'open'; readonly manifests: string } => ({
  kind: 'open',
  manifests,
});
const turn = (): Promise<void> => Promise.resolve();

describe('a conversation with an engine', () => {
  it('sends what is said in one turn together, manifests first', async () => {
    const { conversation, heard } = talk();
    conversation.say(ask('http://a/'));
    conversation.say(open('kind: Pod'));
    await turn();
    expect(heard).toEqual([
      { kind: 'open', manifests: 'kind: Pod', id: 1 },
      { kind: 'ask', request: { url: 'http://a/' }, id: 2 },
    ]);
  });

  it('waits with what is said while the engine works, and says only the last of each kind', async () => {
    const { conversation, heard, tell } = talk();
    conversation.say(open('one'));
    await turn();
    for (const manifests of ['two', 'three', 'four']) conversation.say(open(manifests));
    await turn();
    expect(heard).toHaveLength(1);
    tell(viewOf(1));
    expect(heard.slice(1)).toEqual([{ kind: 'open', manifests: 'four', id: 2 }]);
  });

  it('drops what is said to a command when a later one has been sent', async () => {
    const { conversation, told, tell } = talk();
    conversation.say(open('one'));
    conversation.say(ask('http://a/'));
    await turn();
    const reports = [sourceOf(1), viewOf(1), viewOf(2)];
    for (const report of reports) tell(report);
    expect(told).toEqual([reports[0], reports[2]]);
  });

  it('drops the source of manifests that are no longer those', async () => {
    const { conversation, told, tell } = talk();
    conversation.say(open('one'));
    await turn();
    tell(viewOf(1));
    conversation.say(open('two'));
    await turn();
    tell(sourceOf(1));
    expect(told).toEqual([viewOf(1)]);
  });

  it('goes on after a fault with what was said', async () => {
    const { conversation, heard, told, tell } = talk();
    conversation.say(ask('http://a/'));
    await turn();
    conversation.say(ask('http://b/'));
    tell({ kind: 'fault', for: 1, message: 'no' });
    expect(told).toEqual([{ kind: 'fault', for: 1, message: 'no' }]);
    await turn();
    expect(heard.at(-1)).toMatchObject({ request: { url: 'http://b/' } });
  });

  it('does not wait for an answer to traffic, which has none', async () => {
    const { conversation, heard, busy } = talk();
    conversation.say({ kind: 'traffic', rate: 5 });
    await turn();
    conversation.say({ kind: 'traffic', rate: 0 });
    await turn();
    expect(heard.map((command) => command.kind === 'traffic' && command.rate)).toEqual([5, 0]);
    expect(busy).toEqual([]);
  });

  it('tells when the engine begins to work, and when it has answered all', async () => {
    const { conversation, busy, tell } = talk();
    conversation.say(ask('http://a/'));
    await turn();
    conversation.say(ask('http://b/'));
    await turn();
    tell(viewOf(1));
    expect(busy).not.toContain(false);
    tell(viewOf(2));
    expect(busy.at(-1)).toBe(false);
  });
});

describe('an engine that ends', () => {
  it('is told, and says nothing more', async () => {
    const { conversation, told, heard, tell, engines } = talk();
    conversation.say(open('one'));
    await turn();
    const fault: Report = { kind: 'fault', message: 'gone', ended: true };
    tell(fault);
    tell(viewOf(1));
    conversation.say(open('two'));
    await turn();
    expect(told).toEqual([fault]);
    expect(engines[0]?.closed).toBe(true);
    expect(heard).toHaveLength(1);
  });

  it('is followed by another that hears the last of all that was said', async () => {
    const { conversation, heard, tell, engines } = talk();
    conversation.say(open('one'));
    conversation.say(ask('http://a/'));
    await turn();
    tell({ kind: 'fault', message: 'gone', ended: true });
    conversation.say(open('two'));
    await turn();
    heard.length = 0;
    conversation.restart();
    expect(heard).toEqual([
      { kind: 'open', manifests: 'two', id: 3 },
      { kind: 'ask', request: { url: 'http://a/' }, id: 4 },
    ]);
    expect(engines).toHaveLength(2);
  });

  it('is not listened to when another has been started in its place', async () => {
    const { conversation, told, engines } = talk();
    conversation.say(open('one'));
    await turn();
    conversation.restart();
    engines[0]?.tell(viewOf(9));
    expect(told).toEqual([]);
  });
});
