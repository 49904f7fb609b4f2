import type { Frontend } from './frontend.ts';
import { PLACES } from './place.ts';

const NAMES = { node: 'Node', deno: 'Deno', bun: 'Bun' } as const;

/** The table of `docs/reference/frontends.md`: each frontend, and which runtimes keep it. */
export function page(frontends: readonly Frontend[]): string {
  const runtimes = PLACES.map(({ runtime }) => runtime);
  const reasons = [
    ...new Set(
      frontends.flatMap(({ limits = {} }) => Object.values(limits).flatMap((it) => it ?? [])),
    ),
  ];
  const cell = ({ limits = {} }: Frontend, runtime: (typeof runtimes)[number]): string => {
    const reason = limits[runtime];
    return reason === undefined ? 'yes' : `no (${reasons.indexOf(reason) + 1})`;
  };
  const rows = [
    ['frontend', 'looked at with', ...runtimes.map((runtime) => NAMES[runtime])],
    ...frontends.map((each) => [
      each.name,
      `\`${each.client}\``,
      ...runtimes.map((runtime) => cell(each, runtime)),
    ]),
  ];
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[], fill: string): string =>
    `| ${cells.map((each, column) => each.padEnd(widths[column] ?? 0, fill)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  const table = [
    line(head, ' '),
    line(
      head.map(() => ''),
      '-',
    ),
    ...body.map((row) => line(row, ' ')),
  ];
  const notes = reasons.map((reason, index) => `${index + 1}. ${reason}`);
  return `${[INTRODUCTION, table.join('\n'), notes.join('\n'), EPILOGUE].filter((part) => part !== '').join('\n\n')}\n`;
}

const INTRODUCTION = `# Which frontends each runtime keeps

\`portolan serve\` with the same manifests on Node, Deno and Bun: where a client may knock, found by tests with the clients named
(\`packages/behaviours/test/frontends.node.test.ts\`, which writes this page when it is run with \`-u\`). Where a runtime does not keep
a promise, the test holds that it doesn't.`;

const EPILOGUE = `Raw connections are passed on as they are: what speaks TLS, HTTP/2 or a database's protocol at a node port, a cluster IP or a load
balancer's address speaks it with the Pod. SCTP is refused everywhere: none of the runtimes has it.

A Cloudflare Worker has no raw sockets to listen at. It keeps Ingress (HTTP and HTTPS by the platform), node ports and load
balancer addresses as far as they are HTTP and reach it, the internal entrance for other Workers, and DNS over HTTPS.`;
