import { readFile } from 'node:fs/promises';

import * as v from 'valibot';
import { LineCounter, parseDocument, type Document } from 'yaml';

import { fileFault } from '../io/file-fault.ts';
import { UsageError } from '../main/usage-error.ts';
import { besideFile } from './beside-file.ts';
import { ConfigurationSchema, type Configuration } from './schema.ts';

/** Where it is looked for unless the command says so. */
const CONFIGURATION_FILE = 'portolan.yaml';

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
  const configuration = parseConfiguration(text, file);
  return {
    ...configuration,
    ...(configuration.manifests && {
      manifests: configuration.manifests.map((path) => besideFile(file, path)),
    }),
  };
}

function parseConfiguration(text: string, file: string): Configuration {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const syntax = document.errors.map(({ message, pos }) => {
    const { line, col } = lines.linePos(pos[0]);
    return `${file}:${line}:${col}: ${message
      .split('\n', 1)
      .join('')
      .replace(/ at line.*$/, '')}`;
  });
  if (syntax.length > 0) throw new UsageError(syntax.join('\n'));
  const parsed = v.safeParse(ConfigurationSchema, document.toJS() ?? {});
  if (parsed.success) return parsed.output;
  const faults = parsed.issues.map((issue) => {
    const path = issue.path?.map(({ key }) => key) ?? [];
    const { line, col } = lines.linePos(offsetOf(document, path));
    const field = v.getDotPath(issue);
    return `${file}:${line}:${col}: ${field === null ? '' : `${field}: `}expected ${issue.expected}, not ${issue.received}`;
  });
  throw new UsageError(faults.join('\n'));
}

/** Where the value at `path` stands, or the nearest thing that holds it. */
function offsetOf(document: Document, path: readonly unknown[]): number {
  for (let length = path.length; length >= 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)) {
      return Number(node.range[0]);
    }
  }
  return 0;
}
