/** Asks for something again and again. */
export interface Poll {
  /** Asks now, unless an answer is awaited anyway. */
  readonly now: () => void;
  readonly close: () => void;
}

export interface PollOptions<Value> {
  readonly ask: () => Promise<Value>;
  /** From an answer to the next question, in milliseconds. */
  readonly every: number;
  readonly onAnswer: (value: Value) => void;
  readonly onFailure: (reason: unknown) => void;
}

/** Asks at once, and again some time after each answer or failure: never twice at a time. */
export function startPoll<Value>({ ask, every, onAnswer, onFailure }: PollOptions<Value>): Poll {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking = false;
  let closed = false;

  async function turn(): Promise<void> {
    if (asking || closed) return;
    clearTimeout(timer);
    asking = true;
    try {
      const value = await ask();
      if (!isClosed()) onAnswer(value);
    } catch (reason) {
      if (!isClosed()) onFailure(reason);
    }
    asking = false;
    if (!isClosed()) timer = setTimeout(() => void turn(), every);
  }

  // It may be closed while an answer is awaited, which the compiler doesn't see.
  function isClosed(): boolean {
    return closed;
  }

  void turn();
  return {
    now: () => void turn(),
    close: () => {
      closed = true;
      clearTimeout(timer);
    },
  };
}
