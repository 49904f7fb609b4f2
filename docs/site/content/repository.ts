/** Where the sources are that pages link to and the site doesn't show. */
export const REPOSITORY = 'https://github.com/portolan/portolan';
