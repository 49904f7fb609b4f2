import { printable } from '@portolan/check';
import { compile, compileWithStandIns, type CompiledWithStandIns } from '@portolan/compile';
import { readManifestFiles } from '@portolan/files';
import {
  formatDiagnostic,
  parseManifests,
  type Diagnostic,
  type ManifestSource,
} from '@portolan/manifests';
import { styleOf } from '@portolan/terminal';

import type { Configuration } from '../config/schema.ts';
import type { IO } from '../io/io.ts';
import { startProgress } from './progress.ts';

/** Manifests that a command works on. */
export interface Loaded extends CompiledWithStandIns {
  readonly sources: readonly ManifestSource[];
}

export interface LoadOptions {
  readonly namespace?: string;
  /** Whether Pods that the manifests only announce are stood in for: by default they are. */
  readonly standIns?: boolean;
}

/** Reads and compiles what stands at `paths`: files, folders, URLs, `-` for standard input. */
export async function loadManifests(
  paths: readonly string[],
  configuration: Configuration,
  { namespace, standIns = true }: LoadOptions,
  io: IO,
): Promise<Loaded> {
  const progress = startProgress(io);
  const { sources, diagnostics } = await readManifestFiles(paths, {
    onProgress: ({ files }) => progress.show(`reading: ${files} files`),
  });
  progress.show(`compiling ${sources.length} files`);
  const parsed = parseManifests(sources, {
    defaultNamespace: namespace ?? configuration.namespace,
  });
  const input = { ...parsed, diagnostics: [...diagnostics, ...parsed.diagnostics] };
  const subject = standIns
    ? compileWithStandIns(input, configuration)
    : {
        compiled: compile(input, configuration),
        plan: { pods: [], nodes: [], servers: [], owners: {} },
        standIns: new Set<never>(),
      };
  progress.end();
  return { ...subject, sources };
}

/** Prints what keeps objects from counting, and says whether there is any of it. */
export function printErrors(diagnostics: readonly Diagnostic[], io: IO): boolean {
  const { red } = styleOf(io.errTerminal);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  for (const error of errors) io.err(`${red(printable(formatDiagnostic(error)))}\n`);
  return errors.length > 0;
}
