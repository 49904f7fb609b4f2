const URL_START = /^https?:\/\//iu;
/** All that may be a user name or a password, also in what is no URL: up to the last `@`. */
const USER_INFORMATION = /^(https?:\/\/)[^]*@/iu;

/** Whether a path is meant to be fetched: no file is called so. */
export function isURL(path: string): boolean {
  return URL_START.test(path);
}

/** The URL as people get to see it: without user name, password and fragment. */
export function shownURL(text: string): string {
  if (!URL.canParse(text)) return text.replace(USER_INFORMATION, '$1');
  const url = new URL(text);
  url.username = '';
  url.password = '';
  url.hash = '';
  return url.href;
}
