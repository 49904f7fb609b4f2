import { describeSession } from './session/describe-session.ts';
import { ROOT } from './session/session.ts';

/**
 * At addresses that are no other test's, and with this repository as the clone beside the reader's folder. What `npm start` runs
 * listens on 127.0.0.1 alone, so that it gets a port of its own.
 */
function moved(text: string): string {
  return text
    .replaceAll(/127\.0\.0\.1(?!:8788)/g, '127.0.117.1')
    .replaceAll('8788', '28788')
    .replace(/^MANIFESTS=/m, 'env $&')
    .replaceAll('npm --prefix ../portolan start', `node '${ROOT}/apps/edge-worker/dev/start.ts'`)
    .replaceAll('../portolan/', `${ROOT}/`);
}

describeSession('docs/tutorials/cloudflare-worker.md', {
  moved,
  required: ['curl', 'openssl'],
  optional: ['kubectl'],
});
