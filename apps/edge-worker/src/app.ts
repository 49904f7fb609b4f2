import type { Metrics } from '@portolan/telemetry';
import { Hono } from 'hono';
import { bearerAuth } from 'hono/bearer-auth';
import type { Gateway } from 'portolan';

/** What operators may see, and by which token they are known. */
export interface Admin {
  /** A b64token: RFC 6750 section 2.1. */
  readonly token: string;
  readonly metrics: Pick<Metrics, 'contentType' | 'text'>;
}

/**
 * The external entrance: what the Worker answers for itself under the reserved path, and the gateway for everything else.
 *
 * @param reservedPath Without a trailing slash; empty: nothing is reserved.
 * @param admin Without it there is no admin side: its paths do not exist.
 */
export function createApp(
  gateway: Pick<Gateway, 'fetch' | 'snapshot'>,
  reservedPath: string,
  admin?: Admin,
): Hono {
  const app = new Hono();
  if (reservedPath !== '') app.route(reservedPath, operations(gateway, admin));
  app.all('*', (context) => gateway.fetch(context.req.raw));
  return app;
}

function operations(gateway: Pick<Gateway, 'snapshot'>, admin: Admin | undefined): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    await next();
    context.header('Cache-Control', 'no-store');
  });
  app.get('/healthz', (context) => context.text('ok'));
  app.get('/readyz', (context) => context.text('ok'));
  if (admin !== undefined) {
    const { token, metrics } = admin;
    const authorized = bearerAuth({ token, realm: 'portolan' });
    app.get('/snapshot', authorized, (context) => {
      const { format, version } = gateway.snapshot();
      return context.json({ format, version });
    });
    app.get('/metrics', authorized, (context) =>
      context.body(metrics.text(), 200, { 'Content-Type': metrics.contentType }),
    );
  }
  app.all('*', (context) => context.notFound());
  return app;
}
