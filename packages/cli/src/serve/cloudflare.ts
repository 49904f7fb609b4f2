import process from 'node:process';

import type { LoadBalancerProvider } from '@portolan/control-plane';

import type { ServeConfiguration } from '../config/serve-schema.ts';
import type { IO } from '../io/io.ts';
import { optionalPackage } from '../main/optional-package.ts';
import { UsageError } from '../main/usage-error.ts';

/**
 * Cloudflare's load balancers, where the configuration asks for them. They are in a package of their own, since they bring along
 * Cloudflare's client. The token stands in CLOUDFLARE_API_TOKEN: neither an argument nor a file that is committed.
 */
export async function cloudflareProviders(
  { cloudflare }: Pick<ServeConfiguration, 'cloudflare'>,
  io: Pick<IO, 'err'>,
): Promise<readonly LoadBalancerProvider[]> {
  if (cloudflare === undefined) return [];
  const { CLOUDFLARE_API_TOKEN: apiToken } = process.env;
  if (!apiToken) throw new UsageError('serve.cloudflare: the token stands in CLOUDFLARE_API_TOKEN');
  const { cloudflareLoadBalancers, formatPlan } = await optionalPackage(
    () => import('@portolan/load-balancer-cloudflare'),
    'Cloudflare is in a package of its own: npm install @portolan/load-balancer-cloudflare',
  );
  try {
    return [
      cloudflareLoadBalancers({
        ...cloudflare,
        apiToken,
        onPlan: (plan) => io.err(`cloudflare: ${formatPlan(plan)}\n`),
      }),
    ];
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(`serve.cloudflare: ${error.message}`);
    throw error;
  }
}
