import { compareByName } from '@portolan/core';
import type { Ingress, IngressClass, Resource } from '@portolan/core';
import type { RouteProvider } from '@portolan/routing';

import type { IngressOptions } from '../ingress-class/ingress-class.ts';
import { ownershipByClass } from '../ingress-class/ingress-class.ts';
import { routeOf } from '../route/route.ts';

/** Makes routes of the Ingresses that are ours. Routes and Conditions come in the order of namespace/name. */
export function ingress(options: IngressOptions = {}): RouteProvider {
  return {
    routes: (resources) => {
      const ownershipOf = ownershipByClass(resources.filter(isIngressClass), options);
      const judged = resources
        .filter(isIngress)
        .toSorted(compareByName)
        .map((each) => {
          const { isOurs, condition } = ownershipOf(each);
          const made = isOurs ? routeOf(each) : undefined;
          return {
            routes: made ? [made.route] : [],
            conditions: [...(condition ? [condition] : []), ...(made?.conditions ?? [])],
          };
        });
      return {
        routes: judged.flatMap((each) => each.routes),
        conditions: judged.flatMap((each) => each.conditions),
      };
    },
  };
}

function isIngress(resource: Resource): resource is Ingress {
  return resource.kind === 'Ingress';
}

function isIngressClass(resource: Resource): resource is IngressClass {
  return resource.kind === 'IngressClass';
}
