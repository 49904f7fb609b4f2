import { compile, type Compiled, type CompileOptions, type ManifestInput } from '@portolan/compile';
import { createGateway, type Gateway, type GatewayOptions } from '@portolan/gateway';

/** Manifests that answer requests, and what was found in reading them. */
export interface Portolan extends Gateway {
  readonly compiled: () => Compiled;
  /** Serves other manifests from the next request on. An object that is faulty in them serves on as it was. */
  readonly update: (manifests: ManifestInput) => Compiled;
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
  return {
    ...gateway,
    compiled: () => compiled,
    update: (next) => {
      compiled = compile(next, options, compiled);
      gateway.swap(compiled.snapshot);
      return compiled;
    },
  };
}
