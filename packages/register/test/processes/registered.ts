import { register } from '../../src/index.ts';

declare const process: { readonly argv: readonly string[] };

const [url = '', name = '', duration = '', life = ''] = process.argv.slice(2);

const registration = await register({
  url,
  token: 'token-of-the-shop-pods',
  name,
  namespace: 'shop',
  labels: { app: 'web' },
  address: '192.0.2.7',
  ports: [{ name: 'http', containerPort: 8080 }],
  leaseDurationSeconds: Number(duration),
});
// oxlint-disable-next-line no-console -- whoever started this waits for it
console.log(`registered ${registration.pod.namespace}/${registration.pod.name}`);
// As a server would, it goes on until somebody ends it.
if (life !== 'short') setInterval(() => undefined, 1000);
