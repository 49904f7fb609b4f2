/** What an error says, and what its causes say: undici's own is only ever "fetch failed". */
export function errorMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined
    ? error.message
    : `${error.message}: ${errorMessage(error.cause)}`;
}
