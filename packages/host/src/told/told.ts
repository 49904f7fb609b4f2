/** Tells people what is amiss: a message once, and again only after it was none for a while. */
export type Tell = (topic: string, messages: readonly string[]) => void;

/** @param warn Is told what is new of a topic. */
export function tellOnce(warn: (message: string) => void): Tell {
  const told = new Map<string, ReadonlySet<string>>();
  return (topic, messages) => {
    const before = told.get(topic);
    const now = new Set(messages);
    told.set(topic, now);
    for (const message of now) if (!before?.has(message)) warn(message);
  };
}
