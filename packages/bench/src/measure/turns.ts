/* oxlint-disable no-await-in-loop -- one after the other, or they would share the machine */

/**
 * Measures all subjects in each round, one after the other, so that what else the machine does befalls all alike; the first round is
 * for warming up and isn't counted.
 *
 * @returns the samples of each subject, by its name
 */
export async function byTurns<Subject extends { readonly name: string }, Sample>(
  subjects: readonly Subject[],
  rounds: number,
  measure: (subject: Subject) => Sample | Promise<Sample>,
): Promise<ReadonlyMap<string, readonly Sample[]>> {
  const samples = new Map<string, Sample[]>(subjects.map(({ name }) => [name, []]));
  for (let round = -1; round < rounds; round += 1) {
    for (const subject of subjects) {
      const sample = await measure(subject);
      if (round >= 0) samples.get(subject.name)?.push(sample);
    }
  }
  return samples;
}
