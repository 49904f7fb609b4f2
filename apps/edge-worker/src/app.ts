import { Hono } from 'hono';
import type { Gateway } from 'portolan';

/**
 * The external entrance: what the Worker answers for itself under the reserved path, and the gateway for everything else.
 *
 * @param reservedPath Without a trailing slash; empty: nothing is reserved.
 */
export function createApp(gateway: Gateway, reservedPath: string): Hono {
  const app = new Hono();
  if (reservedPath !== '') app.route(reservedPath, operations(gateway));
  app.all('*', (context) => gateway.fetch(context.req.raw));
  return app;
}

function operations(gateway: Gateway): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    await next();
    context.header('Cache-Control', 'no-store');
  });
  app.get('/healthz', (context) => context.text('ok'));
  app.get('/readyz', (context) => context.text('ok'));
  app.get('/snapshot', (context) => {
    const { format, version } = gateway.snapshot();
    return context.json({ format, version });
  });
  app.all('*', (context) => context.notFound());
  return app;
}
