import { explain, formatExplanation, parseRequest, RequestFault } from '@portolan/explain';
import type { Target } from '@portolan/proxy';
import { Command } from 'commander';

import { printErrors, type Loaded } from '../input/load-manifests.ts';
import { readLines, type Line } from '../input/read-lines.ts';
import type { IO } from '../io/io.ts';
import { jsonText } from '../io/json-text.ts';
import { printableIn } from '../io/printable-in.ts';
import type { Act } from '../main/act.ts';
import { EXIT, type ExitCode } from '../main/exit-code.ts';
import { UsageError } from '../main/usage-error.ts';
import {
  loadFrom,
  withManifestOptions,
  type ManifestOptions,
} from '../options/manifest-options.ts';
import {
  describedBy,
  targetOption,
  withRequestOptions,
  type RequestOptions,
} from '../options/request-options.ts';

interface ExplainOptions extends ManifestOptions, RequestOptions {
  readonly requests?: string;
  readonly target?: Target;
  readonly all?: boolean;
}

const EXAMPLES = `
Examples:
  portolan explain https://shop.example/cart/7 -f k8s/
  portolan explain http://shop.example/cart -f k8s/ -X POST -H 'Content-Type: application/json'
  portolan explain http://cart.shop.svc.cluster.local/ -f k8s/ --entrance internal
  kubectl get svc,ing,endpointslices,nodes -A -o yaml | portolan explain shop.example/ -f -
  portolan explain --requests access.jsonl -f k8s/ | jq 'select(.status == 404).request.url'

A line of --requests: {"method": "GET", "url": "https://shop.example/", "headers": {}, "from": "192.0.2.7", "entrance": "external"}
`;

/** Where a request goes, and why. */
export function explainCommand(act: Act): Command {
  const command = new Command('explain')
    .summary('say where a request goes, and why')
    .description(
      'Says where a request goes, which rules lost and why, who answers, and what they see.',
    )
    .argument('[url]', 'the URL that is asked for');
  return withRequestOptions(withManifestOptions(command))
    .addOption(targetOption())
    .option(
      '--requests <file>',
      'answer each line of a JSONL file, or of - for standard input, with a line of JSON',
    )
    .option('--all', 'show every rule that was looked at')
    .addHelpText('after', EXAMPLES)
    .action(act(run));
}

async function run(io: IO, url: string | undefined, options: ExplainOptions): Promise<ExitCode> {
  if ((url === undefined) === (options.requests === undefined)) {
    throw new UsageError('expected either a URL or --requests');
  }
  if (options.requests === '-' && options.filename.includes('-')) {
    throw new UsageError('standard input can hold manifests or requests, not both');
  }
  const request = url === undefined ? undefined : requestFrom(url, options);
  const { loaded, configuration } = await loadFrom(options, io);
  const target = options.target ?? configuration.target;
  const isFaulty = printErrors(loaded.compiled.diagnostics, io);
  if (request !== undefined) {
    const explanation = explain(loaded.compiled.snapshot, request, {
      target,
      standIns: loaded.standIns,
    });
    await io.out(
      options.json
        ? jsonText(explanation)
        : `${formatExplanation(printableIn(explanation), io.outTerminal, { all: options.all })}\n`,
    );
    return isFaulty ? EXIT.findings : EXIT.fine;
  }
  const understood = await answerEach(options.requests ?? '-', loaded, target, options.all, io);
  return isFaulty || !understood ? EXIT.findings : EXIT.fine;
}

function requestFrom(url: string, options: RequestOptions): ReturnType<typeof parseRequest> {
  try {
    return parseRequest(describedBy(url, options));
  } catch (error) {
    if (error instanceof RequestFault) throw new UsageError(error.message);
    throw error;
  }
}

/** @returns whether every line was understood */
async function answerEach(
  path: string,
  loaded: Loaded,
  target: Target | undefined,
  all: boolean | undefined,
  io: IO,
): Promise<boolean> {
  let understood = true;
  let waiting = '';
  for await (const line of readLines(path)) {
    if (line.text.trim() === '') continue;
    const answer = answerTo(line, loaded, target, all === true);
    if ('error' in answer) {
      understood = false;
      io.err(`${path === '-' ? 'stdin' : path}:${line.number}: ${answer.error.message}\n`);
    }
    waiting += `${JSON.stringify(answer)}\n`;
    if (waiting.length > 65_536) {
      await io.out(waiting);
      waiting = '';
    }
  }
  await io.out(waiting);
  return understood;
}

type Answer =
  | ReturnType<typeof explain>
  | {
      readonly outcome: 'invalid';
      /** In the file, from 1. */
      readonly line: number;
      readonly error: { readonly field: string; readonly message: string };
    };

function answerTo(
  line: Line,
  { compiled, standIns }: Loaded,
  target: Target | undefined,
  trace: boolean,
): Answer {
  try {
    const request = parseRequest(parseJSON(line.text));
    return explain(compiled.snapshot, request, { trace, target, standIns });
  } catch (error) {
    if (!(error instanceof RequestFault)) throw error;
    const { field, message } = error;
    return { outcome: 'invalid', line: line.number, error: { field, message } };
  }
}

function parseJSON(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RequestFault('', 'expected a JSON object on one line');
  }
}
