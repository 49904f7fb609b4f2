import type { Decision, ForwardDecision } from '@portolan/engine';

import { forwardDecision } from '../decision/forward-decision.ts';

/** What a test wants done with a request. It travels in the path, so that any host can be told without touching a header. */
export interface Errand {
  /** Where the origin listens. */
  readonly port?: number;
  /** `127.0.0.1` by default. */
  readonly address?: string;
  /** Other endpoints, by port, that may answer as well. */
  readonly others?: readonly number[];
  /** Settings that are not the usual ones: no retries. */
  readonly settings?: Partial<ForwardDecision['settings']>;
  /** Parts of the forward Decision that are not the usual ones. */
  readonly forward?: Partial<ForwardDecision>;
  /** Another Decision altogether. */
  readonly decision?: Decision;
  /** Somebody is told of the request's end, so that the answer is watched. */
  readonly watched?: boolean;
  /** By a service binding, on Workers. */
  readonly bound?: boolean;
}

const MARK = '/~';

/** The path by which a host is told the errand; `target` is what the origin is to see. */
export function errandPath(errand: Errand, target = '/'): string {
  const json = new TextEncoder().encode(JSON.stringify(errand));
  const code = btoa(String.fromCharCode(...json));
  return MARK + code.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '') + target;
}

/** What `errandPath` put into the URL. */
export function readErrand(url: URL): { readonly errand: Errand; readonly decision: Decision } {
  const end = url.pathname.indexOf('/', MARK.length);
  const code = url.pathname.slice(MARK.length, end);
  const json = atob(code.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(json, (character) => character.charCodeAt(0));
  const errand: Errand = JSON.parse(new TextDecoder().decode(bytes));
  const target = { path: url.pathname.slice(end), query: url.search.slice(1) };
  const decision = errand.decision ?? forwardDecision(errand, { ...target, ...errand.forward });
  return { errand, decision };
}

/** With a limit to the first byte that is soon over. */
export const HASTY: Errand = { settings: { firstByteTimeout: 300 } };
