/**
 * The response with headers that are true of its body, where the runtime has undone the content codings: a decoded body
 * has no Content-Encoding, another length, no ranges, and is another representation than the one that a strong ETag
 * names (RFC 9110 sections 8.4, 8.6, 8.8.1, 14.3).
 *
 * Of several codings all are undone or none. To HEAD the answer is what it would be to GET.
 *
 * @param decodes The codings that the runtime undoes.
 */
export function decodedResponse(response: Response, decodes: ReadonlySet<string>): Response {
  const codings = response.headers.get('content-encoding')?.toLowerCase().split(',') ?? [];
  if (codings.length === 0 || !codings.every((coding) => decodes.has(coding.trim()))) {
    return response;
  }
  const headers = new Headers(response.headers);
  headers.delete('content-encoding');
  headers.delete('content-length');
  headers.delete('accept-ranges');
  const etag = headers.get('etag');
  if (etag?.startsWith('"')) headers.set('etag', `W/${etag}`);
  return new Response(response.body, {
    status: response.status,
    statusText: response.statusText,
    headers,
  });
}
