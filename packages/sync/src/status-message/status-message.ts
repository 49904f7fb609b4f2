/** What a Status says (Kubernetes API reference, Status v1 meta); `undefined` for any other content. */
export function statusMessage(content: string): string | undefined {
  try {
    const status: unknown = JSON.parse(content);
    if (typeof status !== 'object' || status === null || !('message' in status)) return undefined;
    return typeof status.message === 'string' ? status.message : undefined;
  } catch {
    return undefined;
  }
}

/** What went wrong, and why it did: `fetch` and sockets say the latter in a cause. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // A failure to connect to several addresses says nothing itself.
  if (error instanceof AggregateError) return error.errors.map(messageOf).join(', ');
  return error.cause instanceof Error
    ? `${error.message}: ${messageOf(error.cause)}`
    : error.message;
}
