const IN_WORDS: Readonly<Record<string, string>> = {
  NotReady: 'not ready',
  Terminating: 'terminating',
  OtherNode: 'on another node',
  OtherZone: 'meant for another zone',
  OtherFamily: 'of the other IP family',
};

/** Why an endpoint may not answer, for people. A reason of a plugin's own stays as it is. */
export function exclusionText(reason: string): string {
  return IN_WORDS[reason] ?? reason;
}
