import { authority, type Endpoint } from '@portolan/core';
import type { DecidedRoute } from '@portolan/engine';
import type { Exchange } from '@portolan/proxy';

/** `Ingress shop/web spec.rules[0].http.paths[1]`. */
export function routeName({ kind, namespace, name, rule }: DecidedRoute): string {
  return `${kind} ${namespace}/${name} ${rule}`;
}

/** `shop/cart:80`; without the port where the rule names none. */
export function serviceName({ namespace, name, port }: NonNullable<Exchange['service']>): string {
  return port === undefined ? `${namespace}/${name}` : `${namespace}/${name}:${port}`;
}

/** `10.0.0.7:8080`, `[fd00::7]:8080`. */
export function endpointName({ address, port }: Endpoint): string {
  return authority(address, port);
}
