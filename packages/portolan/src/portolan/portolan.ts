import { compile, type Compiled, type CompileOptions, type ManifestInput } from '@portolan/compile';
import {
  callServices,
  createGateway,
  type Gateway,
  type GatewayOptions,
  type Services,
} from '@portolan/gateway';

/** Manifests that answer requests, and what was found in reading them. */
export interface Portolan extends Gateway {
  readonly compiled: () => Compiled;
  /** Serves other manifests from the next request on. An object that is faulty in them serves on as it was. */
  readonly update: (manifests: ManifestInput) => Compiled;
  /** Calls Services from inside, by their DNS names and cluster IPs: `services.fetch('http://cart.shop.svc/')`. */
  readonly services: Services;
}

/**
 * From manifests to a fetch handler.
 *
 * @example
 * ```ts
 * const app = portolan(await readFile('shop.yaml', 'utf8'));
 * const response = await app.fetch(new Request('http://shop.example/cart'));
 * ```
 */
export function portolan(
  manifests: ManifestInput,
  options: CompileOptions & GatewayOptions = {},
): Portolan {
  let compiled = compile(manifests, options);
  const gateway = createGateway(compiled.snapshot, options);
  // What is known of an endpoint is true from either side. Who calls from inside has no address.
  const internal = createGateway(compiled.snapshot, {
    ...options,
    states: gateway.states,
    entrance: 'internal',
    clientAddress: () => undefined,
  });
  return {
    ...gateway,
    compiled: () => compiled,
    update: (next) => {
      compiled = compile(next, options, compiled);
      gateway.swap(compiled.snapshot);
      internal.swap(compiled.snapshot);
      return compiled;
    },
    services: callServices(internal),
  };
}
