import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, describe, expect, it } from 'vitest';

import { runSync, type SyncProcess } from './command/command.ts';
import { actual, expected } from './followed/followed.ts';
import { endpointSlice, service, tlsSecret } from './objects/objects.ts';
import { eventually, setup } from './setup/setup.ts';
import { refOf } from './target/target.ts';

const shared = setup();

const processes: SyncProcess[] = [];

afterEach(async () => {
  for (const each of processes) each.kill('SIGKILL');
  await Promise.all(processes.splice(0).map(({ ended }) => ended));
});

function run(...options: readonly string[]): SyncProcess {
  const started = runSync(shared.current.cluster, shared.current.target, ...options);
  processes.push(started);
  return started;
}

function leaseHolder(): unknown {
  const lease = shared.current.target.store.get(
    refOf('leases.coordination.k8s.io', 'portolan-sync-east', 'portolan-system'),
  );
  return JSON.parse(JSON.stringify(lease?.['spec'] ?? {})).holderIdentity;
}

describe('portolan sync', () => {
  it('ends with 0 and gives its lease back at SIGTERM', async () => {
    const { cluster, holds } = shared.current;
    cluster.store.commit([{ put: service('cart') }]);
    const { kill, ended, said, out } = run();
    await holds('Service shop/cart');
    await eventually(() =>
      expect(said()).toContain('sent everything: 1 written, 0 deleted, 0 refused'),
    );
    expect(leaseHolder()).toEqual(expect.any(String));
    kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(leaseHolder()).toBeUndefined();
    expect(out()).toBe('');
  });

  it('with --once sends what is there, and ends', async () => {
    const { cluster, holds } = shared.current;
    cluster.store.commit([{ put: service('cart') }, { put: tlsSecret('shop-tls') }]);
    const { ended, said } = run('--once');
    expect(await ended).toBe(0);
    await holds('Service shop/cart', 'Secret shop/shop-tls');
    expect(said()).toContain('sent: 2 objects');
    expect(leaseHolder()).toBeUndefined();
  });

  it('with --once ends with 1 where not all could be sent', async () => {
    const { cluster, target } = shared.current;
    cluster.store.commit([{ put: service('cart') }]);
    target.store.commit([{ put: service('cart') }]);
    const { ended, said } = run('--once');
    expect(await ended).toBe(1);
    expect(said()).toContain('services shop/cart: it is there already, and not from source east');
  });

  it('with --once ends with 1 where the control plane does not answer in time', async () => {
    const { target } = shared.current;
    target.fault = () => 'refused';
    const { ended, said } = run('--once', '--timeout', '1');
    expect(await ended).toBe(1);
    expect(said()).toContain('not sent: 503');
  });

  it('takes its token from a file, which may change', async () => {
    const { cluster, target, holds } = shared.current;
    const file = join(cluster.kubeconfig, '../token');
    await writeFile(file, 'not-the-token-that-it-wants');
    cluster.store.commit([{ put: service('cart') }]);
    const { said } = run('--token-file', file);
    await eventually(() => expect(said()).toContain('401'));
    await writeFile(file, `${target.token}\n`);
    await holds('Service shop/cart');
    expect(said()).not.toContain(target.token);
  });

  it.each([
    [['--token-file', '/nowhere'], "/nowhere: can't be read: no such file"],
    [['--lease', '0'], "can't last 0 s"],
  ])('%j ends with 2 and says what was expected', async (options, message) => {
    const { ended, said } = run(...options);
    expect(await ended).toBe(2);
    expect(said()).toContain(message);
    expect(said()).not.toContain('    at ');
  });

  it('that is killed again and again while the cluster changes loses nothing, and leaves nothing over', async () => {
    const { cluster, target } = shared.current;
    let round = 0;
    const churn = setInterval(() => {
      round += 1;
      const name = `service-${round % 40}`;
      const there = cluster.store.get(refOf('services', name));
      cluster.store.commit(
        there && round % 3 === 0
          ? [{ delete: refOf('services', name) }]
          : [
              { put: service(name, { port: round }) },
              { put: endpointSlice(name, [`10.244.0.${round % 250}`]) },
            ],
      );
    }, 2);
    try {
      for (let kill = 1; kill <= 3; kill += 1) {
        const before = target.writes.length;
        const started = run();
        await eventually(() => expect(target.writes.length).toBeGreaterThan(before + kill));
        started.kill('SIGKILL');
        await started.ended;
      }
    } finally {
      clearInterval(churn);
    }
    run();
    await eventually(() => expect(actual(target)).toEqual(expected(cluster.store)));
  });

  it('takes over from another that was killed, and only then sends', async () => {
    const { cluster, target, holds } = shared.current;
    cluster.store.commit([{ put: service('cart') }]);
    const [first, second] = [run(), run()];
    await holds('Service shop/cart');
    await eventually(() => {
      for (const { said } of [first, second]) expect(said()).toContain('lease:');
    });
    const isFirst = first.said().includes('this one sends');
    const [holder, other] = isFirst ? [first, second] : [second, first];
    expect(other.said()).not.toContain('this one sends');
    expect(other.said()).not.toContain('sent ');
    holder.kill('SIGKILL');
    cluster.store.commit([{ put: service('orders') }]);
    await holds('Service shop/cart', 'Service shop/orders');
    expect(other.said()).toContain('this one sends');
    // It knew what the other had sent by its checkpoint, or sent everything; either way nothing was written twice.
    expect(target.store.get(refOf('services', 'cart'))?.metadata.generation).toBe(1);
  });

  it('takes over at once from another that ended', async () => {
    const { cluster, holds } = shared.current;
    cluster.store.commit([{ put: service('cart') }]);
    const first = run('--lease', '600');
    await holds('Service shop/cart');
    first.kill('SIGTERM');
    await first.ended;
    run('--lease', '600');
    cluster.store.commit([{ put: service('orders') }]);
    await expect(holds('Service shop/cart', 'Service shop/orders')).resolves.toBeUndefined();
  });
});
