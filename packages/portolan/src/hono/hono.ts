import type { Gateway } from '@portolan/gateway';
import type { MiddlewareHandler } from 'hono';

/**
 * The gateway as Hono middleware: it answers what a route or frontend takes, and leaves everything else to the
 * handlers that follow.
 */
export function routes(gateway: Gateway): MiddlewareHandler {
  return (context, next) => gateway.fetchOr(context.req.raw, context.env, next);
}
