import type { Example } from '../../examples/example.ts';
import { NO_CHANGES, type Scenario } from '../../scenario/scenario.ts';
import type { Linked } from './link.ts';
import type { Action } from './state.ts';

/** Somebody chose one of the examples. */
export function openedBy({ title, scenario }: Example, examples: readonly Example[]): Action {
  return {
    kind: 'opened',
    scenario,
    text: `“${title}” is open, in place of what was here.`,
    at: examples.map((example) => example.scenario),
  };
}

/** Somebody brought files: the request stays, the Pods are others. */
export function openedByFiles(
  manifests: string,
  names: readonly string[],
  { request }: Scenario,
): Action {
  const what = names.length === 1 ? `${names[0] ?? ''} is` : `${names.length} files are`;
  return {
    kind: 'opened',
    scenario: { manifests, request, pods: NO_CHANGES },
    text: `${what} open, in place of what was here.`,
  };
}

/** Somebody followed a link; where it is broken, what there is stays. */
export function openedByLink(linked: Exclude<Linked, { readonly kind: 'none' }>): Action {
  return linked.kind === 'scenario'
    ? { kind: 'opened', scenario: linked.scenario, text: 'The link is open.' }
    : {
        kind: 'noticed',
        notice: { text: `${linked.message}. What you see is not what it was for.`, tone: 'wrong' },
      };
}
