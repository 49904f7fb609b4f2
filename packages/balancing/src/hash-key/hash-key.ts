/** What of a request hashing goes by. Header names in lower case; names of cookies and of query parameters as they are. */
export type HashKey =
  | { readonly type: 'ClientAddress' }
  | { readonly type: 'Cookie' | 'Header' | 'QueryParam'; readonly name: string };
