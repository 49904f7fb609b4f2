/** A route of Hono for each upstream, with its helper that forwards. */
import { Hono } from 'hono';
import { proxy } from 'hono/proxy';

import upstreams from '#upstreams';

const app = new Hono();
for (const { path, host } of upstreams) {
  app.all(`${path}/*`, ({ req }) => {
    const { pathname, search } = new URL(req.url);
    return proxy(`http://${host}${pathname}${search}`, req.raw);
  });
}

export default app;
