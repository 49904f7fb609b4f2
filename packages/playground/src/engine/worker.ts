import type { Command } from '../protocol/command.ts';
import type { Report } from '../protocol/report.ts';
import { createEngine } from './engine.ts';

/** What of a Worker's global scope is needed. */
interface Scope {
  readonly postMessage: (message: Report) => void;
  readonly addEventListener: (
    type: 'message',
    listener: (event: { readonly data: Command }) => void,
  ) => void;
}

declare const self: Scope;

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a Worker speaks to who started it alone
const engine = createEngine((report) => self.postMessage(report));

self.addEventListener('message', ({ data }) => engine.send(data));
