/** The command was called in a way that makes no sense; the message says what was expected. */
export class UsageError extends Error {}
