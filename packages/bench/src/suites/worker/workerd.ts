import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { run, said, type Running } from '../../forwarding/running.ts';
import { COMPATIBILITY_DATE } from './bundle.ts';
import type { Subject } from './subjects.ts';

/** The workerd that wrangler starts. */
const { default: WORKERD }: { readonly default: string } = createRequire(
  import.meta.resolve('wrangler/package.json'),
)('workerd');

export interface Workerd extends Running {
  readonly port: number;
}

/**
 * Starts workerd with one Worker and nothing before it. Whatever the Worker fetches is fetched from the origin, by any name: no name
 * needs to be known to a resolver.
 *
 * @param folder For its files: nobody else's.
 */
export async function startWorkerd(
  code: string,
  { variables }: Subject,
  { origin, folder }: { readonly origin: number; readonly folder: string },
): Promise<Workerd> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/worker.js`, code);
  const file = `${folder}/workerd.capnp`;
  writeFileSync(file, configuration(variables, origin));
  // It says on the standard output where it listens.
  const running = run('measured', WORKERD, ['serve', '--control-fd=1', file]);
  const { port } = await said<{ readonly port: number }>(running);
  return { ...running, port };
}

function configuration(variables: Subject['variables'], origin: number): string {
  const bindings = Object.entries(variables).map(
    ([name, value]) =>
      // A text of Cap'n Proto is written as one of JSON is.
      `(name = "${name}", json = ${JSON.stringify(JSON.stringify(value))})`,
  );
  return `
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (
      name = "worker",
      worker = (
        modules = [(name = "worker.js", esModule = embed "worker.js")],
        compatibilityDate = "${COMPATIBILITY_DATE}",
        bindings = [${bindings.join(', ')}],
        globalOutbound = "origin",
      ),
    ),
    (name = "origin", external = (address = "127.0.0.1:${origin}", http = ())),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "worker")],
);
`;
}
