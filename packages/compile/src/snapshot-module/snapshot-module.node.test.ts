import { expect, it } from 'vitest';

import { compile } from '../compile/compile.ts';
import { snapshotModule } from './snapshot-module.ts';

it('is a module that exports the Snapshot, whatever texts are in it', async () => {
  const { snapshot } = compile(`
apiVersion: v1
kind: Service
metadata:
  name: cart
  annotations: { portolan.dev/health-path: "/a\\u2028'\\"\\\\n\\\\" }
spec: { ports: [{ port: 80 }] }
`);
  const url = `data:text/javascript,${encodeURIComponent(snapshotModule(snapshot))}`;
  const { default: exported }: { readonly default: unknown } = await import(url);
  expect(exported).toEqual(JSON.parse(JSON.stringify(snapshot)));
});
