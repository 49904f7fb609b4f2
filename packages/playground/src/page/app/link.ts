import { decodeScenario, encodeScenario } from '../../scenario/permalink.ts';
import { ScenarioFault } from '../../scenario/scenario-fault.ts';
import type { Scenario } from '../../scenario/scenario.ts';

/** How many characters of a fragment still go through chats, mails and issue trackers. */
export const LONGEST_LINK = 32_000;

/** The fragment that holds a scenario, with its `#`; `undefined` where the scenario is too large for a link. */
export async function fragmentOf(scenario: Scenario): Promise<string | undefined> {
  // Nothing that is this large is packed into so little: don't spend the time.
  if (scenario.manifests.length > LONGEST_LINK * 40) return undefined;
  try {
    const text = await encodeScenario(scenario);
    return text.length > LONGEST_LINK ? undefined : `#${text}`;
  } catch (error) {
    if (error instanceof ScenarioFault) return undefined;
    throw error;
  }
}

/** What a fragment, with its `#`, asks for. */
export type Linked =
  /** Nothing, or a place in the page. */
  | { readonly kind: 'none' }
  | { readonly kind: 'scenario'; readonly scenario: Scenario }
  | { readonly kind: 'fault'; readonly message: string };

/** Reads a fragment. One that is the id of an element of the page, such as that of a skip link, is no scenario. */
export async function linkedBy(
  fragment: string,
  isElement: (id: string) => boolean,
): Promise<Linked> {
  const text = fragment.replace(/^#/, '');
  if (text === '' || isElement(text)) return { kind: 'none' };
  try {
    return { kind: 'scenario', scenario: await decodeScenario(text) };
  } catch (error) {
    if (error instanceof ScenarioFault) return { kind: 'fault', message: error.message };
    throw error;
  }
}
