import type { Fetcher } from '@portolan/proxy';

/** Nothing is dialled when it is only asked what could be. */
export const unused: Fetcher = {
  fetch: () => Promise.reject(new Error('nothing is dialled here')),
};
