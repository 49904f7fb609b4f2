import { readFile } from 'node:fs/promises';

import { parseDocument } from '@portolan/document';
import { formatDiagnostic } from '@portolan/manifests';

import { fileFault } from '../io/file-fault.ts';
import { UsageError } from '../main/usage-error.ts';
import { besideFile } from './beside-file.ts';
import { ConfigurationSchema, type Configuration } from './schema.ts';

/** Where it is looked for unless the command says so. */
export const CONFIGURATION_FILE = 'portolan.yaml';

/**
 * Reads the configuration: the file that was asked for, or `portolan.yaml` in the current folder if there is one. Paths in it
 * become relative to the current folder.
 *
 * @throws {UsageError} naming file, line and field of each fault.
 */
export async function readConfiguration(asked: string | undefined): Promise<Configuration> {
  const file = asked ?? CONFIGURATION_FILE;
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (asked === undefined && isMissing) return {};
    throw fileFault(file, 'read', error);
  }
  const parsed = parseDocument(text, file, ConfigurationSchema);
  if (parsed.value === undefined) {
    const faults = parsed.diagnostics.map(formatDiagnostic);
    throw new UsageError(['the configuration can not be used:', ...faults].join('\n'));
  }
  const { manifests } = parsed.value;
  return {
    ...parsed.value,
    ...(manifests && { manifests: manifests.map((path) => besideFile(file, path)) }),
  };
}
