import type { Command } from 'commander';

import { readConfiguration } from '../config/read-configuration.ts';
import type { Configuration } from '../config/schema.ts';
import { loadManifests, type Loaded } from '../input/load-manifests.ts';
import type { IO } from '../io/io.ts';
import { UsageError } from '../main/usage-error.ts';

/** What every command takes that works on manifests. */
export interface ManifestOptions {
  readonly filename: readonly string[];
  readonly namespace?: string;
  readonly config?: string;
  readonly standIns?: boolean;
  readonly json?: boolean;
}

/** For options that may be given several times. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** For commands that see the Pods that workloads would make, unless told otherwise. */
export function withManifestOptions(command: Command): Command {
  return withManifests(command).option(
    '--no-stand-ins',
    'take Pods as given, and none from the workloads that would make them',
  );
}

/** For commands whose result is for a place where real Pods are. */
export function withManifests(command: Command): Command {
  return withConfiguration(command)
    .option(
      '-f, --filename <path>',
      'manifests: a file, a folder, a URL, or - for standard input; may be given again',
      collect,
      [],
    )
    .option('-n, --namespace <name>', 'the namespace of objects that name none');
}

function withConfiguration(command: Command): Command {
  return command
    .option('--config <file>', 'the configuration, instead of portolan.yaml in this folder')
    .option('--json', 'print JSON, for machines');
}

/**
 * Which manifests are meant: those of the options, else those of the configuration.
 *
 * @throws {UsageError} where neither names any.
 */
export function manifestPaths(
  { filename }: Pick<ManifestOptions, 'filename'>,
  { manifests = [] }: Pick<Configuration, 'manifests'>,
): readonly string[] {
  const paths = filename.length > 0 ? filename : manifests;
  if (paths.length === 0) {
    throw new UsageError(
      'which manifests? Name files, folders or URLs with -f, - for standard input',
    );
  }
  return paths;
}

/** Manifests and configuration as the options say. */
export async function loadFrom(
  options: ManifestOptions,
  io: IO,
): Promise<{ readonly loaded: Loaded; readonly configuration: Configuration }> {
  const configuration = await readConfiguration(options.config);
  const paths = manifestPaths(options, configuration);
  return { loaded: await loadManifests(paths, configuration, options, io), configuration };
}
