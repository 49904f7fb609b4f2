/** Seconds for which it is worth to wait within one call; whoever asks for more is asked again by the controller. */
const LONGEST_PAUSE = 60;

/**
 * A `fetch` that resolves once the whole body is there, so that the time limit and the retries of the client count for a body
 * that hangs or breaks too, and that keeps the client from sleeping for longer than a minute.
 */
export function wholeAnswers(
  send: (url: string, init: RequestInit) => Promise<Response>,
): (url: string | URL | Request, init?: RequestInit) => Promise<Response> {
  return async (url, init = {}) => {
    const answer = await send(url instanceof Request ? url.url : url.toString(), init);
    const body = await answer.arrayBuffer();
    const headers = new Headers(answer.headers);
    if (pauseOf(headers) > LONGEST_PAUSE) headers.set('x-should-retry', 'false');
    const { status, statusText } = answer;
    return new Response(body.byteLength === 0 ? null : body, { status, statusText, headers });
  };
}

/** `Retry-After` in seconds, also where it is a date: RFC 9110 section 10.2.3. */
function pauseOf(headers: Headers): number {
  const value = headers.get('retry-after');
  if (value === null) return 0;
  const seconds = Number(value);
  return Number.isNaN(seconds) ? (Date.parse(value) - Date.now()) / 1000 : seconds;
}
