import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';

import type { Diagnostic, ManifestSource } from '@portolan/manifests';

import { fileFault, shownName, unreadable } from '../file-fault/file-fault.ts';
import { findFiles, type FoundFile } from '../find-files/find-files.ts';

/** What was found in files and folders. */
export interface ManifestFiles {
  readonly sources: readonly ManifestSource[];
  /** One for each file or folder that could not be read; the others are in `sources` all the same. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface ReadManifestFilesOptions {
  /** Bytes. A larger file is not read: 8 MiB by default. An object in a cluster has 1.5 MiB at the most. */
  readonly maximumSize?: number;
}

/**
 * Reads manifest files: each path is a file, a folder, or `-` for standard input.
 *
 * A folder is walked with all below it, in the order of names: files that end in `.yaml`, `.yml` or `.json`, hidden folders
 * too, `.git` and `node_modules` left out. Symbolic links are followed, and nothing is read twice. What is found so is
 * marked as `discovered`: `parseManifests` passes over what is no Kubernetes object in it.
 *
 * Never rejects for what can't be read: that is a diagnostic, and the rest is read.
 */
export async function readManifestFiles(
  paths: readonly string[],
  { maximumSize = 8 * 1024 * 1024 }: ReadManifestFilesOptions = {},
): Promise<ManifestFiles> {
  const sources: ManifestSource[] = [];
  const diagnostics: Diagnostic[] = [];
  for await (const found of findFiles(paths)) {
    const read = 'severity' in found ? found : await readSource(found, maximumSize);
    if ('severity' in read) diagnostics.push(read);
    else sources.push(read);
  }
  return { sources, diagnostics };
}

async function readSource(
  file: FoundFile,
  maximumSize: number,
): Promise<ManifestSource | Diagnostic> {
  const { path, discovered } = file;
  // Who asked for a folder need not have meant this file.
  const severity = discovered ? 'warning' : 'error';
  const tooLarge = (size: number): Diagnostic =>
    fileFault(severity, 'FileTooLarge', path, sizeMessage(size, maximumSize));
  if (file.size > maximumSize) return tooLarge(file.size);
  let bytes: Uint8Array;
  try {
    bytes = path === '-' ? await buffer(process.stdin) : await readFile(path);
  } catch (error) {
    return unreadable(path, error);
  }
  if (bytes.length > maximumSize) return tooLarge(bytes.length);
  const text = decode(bytes);
  if (text === undefined) return fileFault(severity, 'FileNotText', path, 'is no UTF-8 text');
  return { name: shownName(path), text, ...(discovered && { discovered }) };
}

function decode(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function sizeMessage(size: number, maximum: number): string {
  const inMiB = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
  return `is not read: it is ${inMiB(size)} large, more than ${inMiB(maximum)}`;
}
