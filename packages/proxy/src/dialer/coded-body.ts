/**
 * What is passed to `fetch` on Workers beside the request, so that a coded body stays as it came: otherwise it is decoded
 * as soon as somebody reads it.
 */
export const CODED_RESPONSE: RequestInit = Object.assign<RequestInit, object>(
  {},
  { encodeResponseBody: 'manual' },
);

/** The same for the Response that passes it on: its body is coded already. Other runtimes think so anyway. */
export const CODED_BODY: ResponseInit = Object.assign<ResponseInit, object>(
  {},
  { encodeBody: 'manual' },
);
