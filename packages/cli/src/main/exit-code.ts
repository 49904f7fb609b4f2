/** How a command ends. */
export const EXIT = {
  fine: 0,
  /** Something was found: a faulty manifest, a failed test, a change. */
  findings: 1,
  /** The command was not understood, or has nothing to work on. */
  usage: 2,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
