/** A text is no scenario. The message is for people, and repeats nothing of the text. */
export class ScenarioFault extends Error {
  override readonly name = 'ScenarioFault';
}
