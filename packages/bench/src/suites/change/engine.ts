import { clusterIP } from '@portolan/cluster-ip';
import { createEngine, type Engine } from '@portolan/engine';
import { ingress } from '@portolan/ingress';
import { loadBalancer } from '@portolan/load-balancer';
import { nodePort } from '@portolan/node-port';

export function engine(): Engine {
  return createEngine({
    serviceTypes: [clusterIP(), nodePort(), loadBalancer()],
    routeProviders: [ingress()],
  });
}
