/** What matching reads of a request. */
export interface RequestFacts {
  readonly method: string;
  readonly scheme: 'http' | 'https';
  /** As the client sent it, with or without port; `''` where it sent none. */
  readonly host: string;
  /** Origin-form path as received: percent-encoded, starting with `/`, without the query. */
  readonly path: string;
  /** Without the leading `?`; `''` where there is none. */
  readonly query: string;
  /** Any `Headers`, or whatever else answers for a name in lower case with the joined value. */
  readonly headers: { readonly get: (name: string) => string | null };
}
