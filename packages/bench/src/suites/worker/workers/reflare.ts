/** A route of reflare for each upstream. Its README makes it anew for each request; here it is made once, which is faster. */
import useReflare from 'reflare';

import upstreams from '#upstreams';

const reflare = useReflare({
  provider: 'static',
  routeList: upstreams.map(({ path, host }) => ({
    path: `${path}/*`,
    upstream: { domain: host, protocol: 'http' },
  })),
});

export default {
  fetch: async (request: Request): Promise<Response> => (await reflare).handle(request),
};
