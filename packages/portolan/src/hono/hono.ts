import type { MiddlewareHandler } from 'hono';

import type { Gateway } from '../gateway/gateway.ts';

/**
 * The gateway as Hono middleware: it answers what a route or frontend takes, and leaves everything else to the
 * handlers that follow.
 */
export function routes(gateway: Gateway): MiddlewareHandler {
  return async (context, next) => {
    const decision = gateway.decide(context.req.raw, context.env);
    if (decision.outcome === 'respond' && decision.reason === 'NoMatchingRoute') return next();
    return gateway.carryOut(context.req.raw, decision, context.env);
  };
}
