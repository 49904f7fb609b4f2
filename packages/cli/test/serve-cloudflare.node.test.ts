import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import {
  ACCOUNT,
  startStandIn,
  TOKEN,
  ZONE,
  type StandIn,
} from '../../load-balancer-cloudflare/test/stand-in/stand-in.ts';
import { portolan } from './command.ts';

const PORTOLAN = join(import.meta.dirname, '../../portolan/src/bin/portolan.ts');
const ADMIN_TOKEN = 'a-token-of-the-tests';

const MANIFESTS = `
apiVersion: v1
kind: Node
metadata: { name: this-machine }
status: { addresses: [{ type: ExternalIP, address: 203.0.113.7 }] }
---
apiVersion: v1
kind: Service
metadata:
  name: web
  annotations: { portolan.dev/load-balancer-hostname: shop.example.com }
spec:
  type: LoadBalancer
  loadBalancerClass: portolan.dev/cloudflare
  selector: { app: web }
  ports: [{ name: http, port: 80, targetPort: 8080, nodePort: 30080 }]
`;

let folder: string;
let cloudflare: StandIn;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portolan-cloudflare-'));
  cloudflare = await startStandIn();
  await writeFile(join(folder, 'web.yaml'), MANIFESTS);
});

afterEach(async () => {
  await cloudflare.close();
  await rm(folder, { recursive: true, force: true });
});

async function configure(more: string = ''): Promise<void> {
  const { baseURL } = cloudflare;
  const given = `accountID: ${ACCOUNT}, zoneID: ${ZONE}, baseURL: '${baseURL}'${more}`;
  await writeFile(join(folder, 'portolan.yaml'), `serve:\n  cloudflare: { ${given} }\n`);
}

/** Runs `portolan serve` until `work` is done with it, and gives what it said on standard error. */
async function serving(work: (admin: string) => Promise<void>): Promise<string> {
  const child = spawn(
    process.execPath,
    [PORTOLAN, 'serve', '--json', '-f', 'web.yaml', '--admin', '0'],
    {
      cwd: folder,
      env: { ...process.env, PORTOLAN_TOKEN: ADMIN_TOKEN, CLOUDFLARE_API_TOKEN: TOKEN },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let said = '';
  child.stderr.on('data', (data) => (said += String(data)));
  const exited = once(child, 'exit');
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const told: { readonly kind?: string; readonly port?: number } = JSON.parse(line);
      if (told.kind !== 'admin') continue;
      await work(`http://127.0.0.1:${told.port}`);
      break;
    }
  } finally {
    child.kill('SIGTERM');
    await exited;
  }
  return said;
}

async function hostnames(admin: string): Promise<unknown> {
  const response = await fetch(`${admin}/.portolan/kube/api/v1/namespaces/default/services/web`, {
    headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
  });
  if (!response.ok) return undefined;
  const { status }: { readonly status?: { readonly loadBalancer?: unknown } } = JSON.parse(
    await response.text(),
  );
  return status?.loadBalancer;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await setTimeout(50);
}

describe('portolan serve with serve.cloudflare', () => {
  it('has Cloudflare give the Service its host name, which becomes its status', async () => {
    await configure();
    const given = { ingress: [expect.objectContaining({ hostname: 'shop.example.com' })] };
    await serving(async (admin) => {
      await until(async () => JSON.stringify(await hostnames(admin))?.includes('shop.') ?? false);
      expect(await hostnames(admin)).toEqual(given);
    });
    const [pool] = cloudflare.state.pools.values();
    expect(pool).toMatchObject({ origins: [{ address: '203.0.113.7', port: 30_080 }] });
    expect(cloudflare.state.load_balancers.size).toBe(1);
  });

  it('only prints what it would do where it is a dry run', async () => {
    await configure(', dryRun: true');
    const said = await serving((admin) =>
      until(async () => cloudflare.seen.length > 3 && (await hostnames(admin)) !== undefined),
    );
    expect(said).toContain('+ load balancer shop.example.com');
    expect(cloudflare.state.load_balancers.size + cloudflare.state.pools.size).toBe(0);
    expect(said).not.toContain(TOKEN);
  });

  it('wants the token', async () => {
    await configure();
    const config = join(folder, 'portolan.yaml');
    const ended = await portolan('serve', '--config', config, '-f', join(folder, 'web.yaml'));
    expect(ended).toMatchObject({ code: 2, err: expect.stringContaining('CLOUDFLARE_API_TOKEN') });
  });
});
