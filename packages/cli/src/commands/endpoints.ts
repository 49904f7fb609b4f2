import type { Endpoint } from '@portolan/core';
import { authority } from '@portolan/core';
import { servicesOf } from '@portolan/engine';
import { styleOf, table } from '@portolan/terminal';
import { Command } from 'commander';

import { printErrors, type Loaded } from '../input/load-manifests.ts';
import type { IO } from '../io/io.ts';
import { jsonText } from '../io/json-text.ts';
import type { Act } from '../main/act.ts';
import { EXIT, type ExitCode } from '../main/exit-code.ts';
import { UsageError } from '../main/usage-error.ts';
import {
  loadFrom,
  withManifestOptions,
  type ManifestOptions,
} from '../options/manifest-options.ts';

const EXAMPLES = `
Examples:
  portolan endpoints -f k8s/
  portolan endpoints shop/cart -f k8s/
  kubectl get svc,pods,nodes -A -o yaml | portolan endpoints -f -
`;

/** Who answers for each Service. */
export function endpointsCommand(act: Act): Command {
  const command = new Command('endpoints')
    .summary('list who answers for each Service')
    .description(
      'Lists the endpoints of Services: Pods found by selector, EndpointSlices, Endpoints.',
    )
    .argument('[service]', 'only of this one: namespace/name, or a name');
  return withManifestOptions(command).addHelpText('after', EXAMPLES).action(act(run));
}

/** One endpoint of one port of one Service. */
interface Row {
  readonly service: string;
  readonly port: number;
  readonly portName?: string;
  readonly protocol: string;
  readonly endpoint?: Endpoint & { readonly standIn?: true };
}

async function run(
  io: IO,
  service: string | undefined,
  options: ManifestOptions,
): Promise<ExitCode> {
  const { loaded } = await loadFrom(options, io);
  const isFaulty = printErrors(loaded.compiled.diagnostics, io);
  const rows = rowsOf(loaded, service);
  if (rows.length === 0 && service !== undefined) {
    throw new UsageError(`no Service is called ${service}`);
  }
  await io.out(options.json ? jsonText({ endpoints: rows.map(plainRow) }) : textOf(rows, io));
  return isFaulty ? EXIT.findings : EXIT.fine;
}

function rowsOf({ compiled, standIns }: Loaded, wanted: string | undefined): readonly Row[] {
  return servicesOf(compiled.snapshot)
    .filter(({ namespace, name }) =>
      wanted === undefined ? true : wanted === name || wanted === `${namespace}/${name}`,
    )
    .flatMap(({ namespace, name, ports }) =>
      ports.flatMap(({ port, name: portName, protocol, endpoints }): readonly Row[] => {
        const row = {
          service: `${namespace}/${name}`,
          port,
          ...(portName !== '' && { portName }),
          protocol,
        };
        if (endpoints.length === 0) return [row];
        return endpoints.map((endpoint) => {
          const { target } = endpoint;
          const isStandIn =
            target?.kind === 'Pod' && standIns.has(`${target.namespace}/${target.name}`);
          return { ...row, endpoint: { ...endpoint, ...(isStandIn && { standIn: true }) } };
        });
      }),
    );
}

function plainRow({ endpoint, ...row }: Row): object {
  if (endpoint === undefined) return row;
  const { address, port, ready, serving, terminating, nodeName, zone, target, standIn } = endpoint;
  return {
    ...row,
    endpoint: {
      address,
      port,
      ready,
      serving,
      terminating,
      ...(target && { target }),
      ...(nodeName !== undefined && { node: nodeName }),
      ...(zone !== undefined && { zone }),
      ...(standIn && { standIn }),
    },
  };
}

function textOf(rows: readonly Row[], { outTerminal }: IO): string {
  const { bold, dim, green, yellow } = styleOf(outTerminal);
  const heading = ['SERVICE', 'PORT', 'ENDPOINT', 'STATE', 'NODE', 'ZONE', 'POD'].map(bold);
  const cells = rows.map(({ service, port, portName, endpoint }) => {
    const at = `${port}${portName === undefined ? '' : ` ${dim(portName)}`}`;
    if (endpoint === undefined) return [service, at, yellow('none')];
    const state = stateOf(endpoint);
    return [
      service,
      at,
      endpoint.standIn
        ? `${dim('stand-in')}:${endpoint.port}`
        : authority(endpoint.address, endpoint.port),
      state === 'ready' ? green(state) : yellow(state),
      endpoint.standIn ? '' : (endpoint.nodeName ?? ''),
      endpoint.zone ?? '',
      endpoint.target?.name ?? '',
    ];
  });
  return `${table([heading, ...cells], outTerminal).join('\n')}\n`;
}

function stateOf({ ready, serving, terminating }: Endpoint): string {
  if (terminating) return serving ? 'terminating' : 'terminating, not serving';
  return ready ? 'ready' : 'not ready';
}
