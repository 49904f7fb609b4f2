/** Sentences of a specification, and how each is tried: what rejects does not hold. */
export type Behaviours = Readonly<Record<string, () => Promise<void>>>;
