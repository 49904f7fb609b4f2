/** What becomes of annotations about the TLS that clients speak. */
export const CLIENT_TLS = 'TLS is spoken as the runtime does, or whoever ends it in front';
