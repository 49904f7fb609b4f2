import type { Condition, Resource } from '@portolan/core';

import type { Route } from '../route/route.ts';

/** A kind of object that routes are made of: Ingress now, HTTPRoute later. */
export interface RouteProvider {
  /**
   * The routes in `resources`, and what is to be said of the objects they come from. Never throws for a bad object:
   * that is a Condition, and the other objects' routes are returned all the same.
   */
  readonly routes: (resources: readonly Resource[]) => {
    readonly routes: readonly Route[];
    readonly conditions: readonly Condition[];
  };
}
