import { useEffect, useRef } from 'preact/hooks';

import type { Scenario } from '../../scenario/scenario.ts';
import { fragmentOf, linkedBy, type Linked } from './link.ts';

/** How long after the last change the address follows, in milliseconds. */
const PAUSE = 400;

/** What became of the address. */
export interface Link {
  /** The whole URL of a scenario; `undefined` where it is too large. */
  readonly of: (scenario: Scenario) => Promise<string | undefined>;
}

/**
 * Lets the address in the browser's bar follow the scenario, and tells when somebody goes to another: a link, back or forward.
 */
export function useLink(
  scenario: Scenario,
  onLinked: (linked: Exclude<Linked, { kind: 'none' }>) => void,
): Link {
  const written = useRef<string | undefined>(undefined);
  const listener = useRef(onLinked);
  listener.current = onLinked;

  useEffect(() => {
    let outdated = false;
    const follow = async (): Promise<void> => {
      const fragment = (await fragmentOf(scenario)) ?? '';
      if (outdated) return;
      written.current = fragment;
      replaceFragment(fragment);
    };
    const timer = setTimeout(() => void follow(), PAUSE);
    return () => {
      outdated = true;
      clearTimeout(timer);
    };
  }, [scenario]);

  useEffect(() => {
    const read = async (): Promise<void> => {
      const linked = await readLocation();
      if (linked.kind !== 'none') listener.current(linked);
    };
    const onChange = (): void => {
      if (location.hash === written.current) return;
      written.current = location.hash;
      void read();
    };
    addEventListener('hashchange', onChange);
    return () => removeEventListener('hashchange', onChange);
  }, []);

  return {
    of: async (asked) => {
      const fragment = await fragmentOf(asked);
      return fragment === undefined ? undefined : `${addressWithout()}${fragment}`;
    },
  };
}

/** What the address of the page asks for. */
export function readLocation(): Promise<Linked> {
  return linkedBy(location.hash, (id) => document.getElementById(id) !== null);
}

/** The history keeps its length, and nobody is told: it is our own doing. */
function replaceFragment(fragment: string): void {
  if (location.hash === fragment) return;
  history.replaceState(history.state, '', fragment === '' ? addressWithout() : fragment);
}

function addressWithout(): string {
  return `${location.origin}${location.pathname}${location.search}`;
}
