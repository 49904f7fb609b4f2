import { readFile, writeFile } from 'node:fs/promises';

import { printable } from '@portolan/check';
import { formatDiagnostic } from '@portolan/manifests';
import {
  formatJUnit,
  formatTestResults,
  parseTestTable,
  runTestTable,
  updateTestTable,
  type TestResults,
} from '@portolan/testing';
import { Command } from 'commander';

import { besideFile } from '../config/beside-file.ts';
import { readConfiguration } from '../config/read-configuration.ts';
import type { Configuration } from '../config/schema.ts';
import { loadManifests, printErrors } from '../input/load-manifests.ts';
import { fileFault } from '../io/file-fault.ts';
import type { IO } from '../io/io.ts';
import { jsonText } from '../io/json-text.ts';
import { printableIn } from '../io/printable-in.ts';
import { writeOutput } from '../io/write-output.ts';
import type { Act } from '../main/act.ts';
import { EXIT, type ExitCode } from '../main/exit-code.ts';
import { UsageError } from '../main/usage-error.ts';
import { withManifestOptions, type ManifestOptions } from '../options/manifest-options.ts';

interface TestOptions extends ManifestOptions {
  readonly junit?: string;
  readonly update?: boolean;
}

const EXAMPLES = `
Examples:
  portolan test tests.yaml
  portolan test tests.yaml -f k8s/ --junit junit.xml
  portolan test tests.yaml --update

A test file:
  manifests: [k8s/]
  tests:
    - request: GET https://shop.example/cart
      expect: { service: shop/cart:80 }
    - request: https://shop.example/nope
      expect: { status: 404 }
`;

/** Tables of requests and what is expected of them. */
export function testCommand(act: Act): Command {
  const command = new Command('test')
    .summary('run a table of requests and what is expected of them')
    .description('Asks where each request of a test file goes, and compares with what is expected.')
    .argument('<files...>', 'test files');
  return withManifestOptions(command)
    .option('--junit <file>', 'write the results as JUnit XML')
    .option(
      '--update',
      'write into the test files what is, where something else is expected or nothing',
    )
    .addHelpText('after', EXAMPLES)
    .action(act(run));
}

async function run(io: IO, files: readonly string[], options: TestOptions): Promise<ExitCode> {
  const configuration = await readConfiguration(options.config);
  const all: TestResults[] = [];
  for (const file of files) {
    // One after another: what is printed about one file stays together.
    // oxlint-disable-next-line no-await-in-loop
    const results = await runFile(file, options, configuration, io);
    if (results !== undefined) all.push(results);
  }
  if (options.junit !== undefined) await writeOutput(options.junit, formatJUnit(all), io);
  await io.out(
    options.json ? jsonText({ files: all }) : formatTestResults(printableIn(all), io.outTerminal),
  );
  const passed =
    all.length === files.length &&
    all.every(({ results }) => results.every(({ failures }) => failures.length === 0));
  return passed ? EXIT.fine : EXIT.findings;
}

/** @returns `undefined` where the file or its manifests are faulty, which has been said then */
async function runFile(
  file: string,
  options: TestOptions,
  configuration: Configuration,
  io: IO,
): Promise<TestResults | undefined> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw fileFault(file, 'read', error);
  });
  const { table, diagnostics } = parseTestTable(text, file);
  for (const diagnostic of diagnostics) io.err(`${printable(formatDiagnostic(diagnostic))}\n`);
  if (table === undefined) return undefined;
  const named =
    options.filename.length > 0
      ? options.filename
      : table.manifests.map((path) => besideFile(file, path));
  const paths = named.length > 0 ? named : (configuration.manifests ?? []);
  if (paths.length === 0) {
    throw new UsageError(`${file}: which manifests? Name them under manifests, or with -f`);
  }
  const loaded = await loadManifests(paths, configuration, options, io);
  if (printErrors(loaded.compiled.diagnostics, io)) {
    io.err(`${file}: not run, since objects with errors would be missing\n`);
    return undefined;
  }
  if (!options.update) return runTestTable(table, loaded);
  const updated = updateTestTable(text, loaded, file);
  if (updated !== text) {
    await writeFile(file, updated);
    io.err(`updated ${file}\n`);
  }
  const after = parseTestTable(updated, file).table;
  return after && runTestTable(after, loaded);
}
