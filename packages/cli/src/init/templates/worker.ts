export const WORKER = `import { accessLog, createGateway, url, vpcNetwork, type Gateway } from 'portolan';

import snapshot from '#snapshot';

interface Environment {
  /** Where the Pods are: see wrangler.jsonc. */
  readonly VPC?: Fetcher;
}

let gateway: Gateway | undefined;

export default {
  fetch(request, { VPC }) {
    gateway ??= createGateway(snapshot, {
      // Without the VPC network public host names can be reached, and no Pod.
      dialers: [VPC ? vpcNetwork(VPC) : url({ ipLiterals: false })],
      // Clients are told a reason and a request id; the log, what was behind them.
      observe: accessLog({ write: console.error, only: 'failures' }),
    });
    return gateway.fetch(request);
  },
} satisfies ExportedHandler<Environment>;
`;

export const SNAPSHOT_TYPES = `declare module '#snapshot' {
  import type { Snapshot } from 'portolan';

  /** What \`portolan compile\` made of the manifests; package.json says where it is. */
  const snapshot: Snapshot;
  export default snapshot;
}
`;

/** @param compatibilityDate `YYYY-MM-DD`: the runtime behaves as it did on that day. */
export function wranglerConfiguration(name: string, compatibilityDate: string): string {
  return `{
  "$schema": "node_modules/wrangler/config-schema.json",
  "name": "${name}",
  "main": "src/worker.ts",
  "compatibility_date": "${compatibilityDate}",
  "observability": { "enabled": true },

  // Before each \`wrangler dev\` and \`wrangler deploy\`: the manifests become the Snapshot that the Worker serves.
  "build": { "command": "npm run compile", "watch_dir": "manifests" },

  // The Pods, behind a Cloudflare Tunnel into the cluster's network. Their addresses come from the cluster:
  //   kubectl get endpointslices --namespace shop --output yaml > manifests/endpoints.yaml
  // "vpc_networks": [{ "binding": "VPC", "tunnel_id": "<tunnel id>", "remote": true }],

  // Where the Worker answers, besides its workers.dev address.
  // "routes": [{ "pattern": "shop.example", "custom_domain": true }],
}
`;
}
