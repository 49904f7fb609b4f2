import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';

import type { Diagnostic, ManifestSource } from '@portolan/manifests';

import { fetchURL } from '../fetch-url/fetch-url.ts';
import { fileFault, shownName, unreadable } from '../file-fault/file-fault.ts';
import { findFiles, type FoundFile } from '../find-files/find-files.ts';
import { readAtMost } from '../read-at-most/read-at-most.ts';
import { isURL } from '../url/url.ts';

/** What was found in files and folders. */
export interface ManifestFiles {
  readonly sources: readonly ManifestSource[];
  /** One for each file or folder that could not be read; the others are in `sources` all the same. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface ReadManifestFilesOptions {
  /** Bytes. A larger file is not read: 8 MiB by default. An object in a cluster has 1.5 MiB at the most. */
  readonly maximumSize?: number;
  /** Milliseconds that one URL may take, redirects and body included: 30 000 by default. */
  readonly timeLimit?: number;
  /** Told again and again how many files have been read so far, and how many bytes, those of the file at hand included. */
  readonly onProgress?: (read: ReadSoFar) => void;
}

export interface ReadSoFar {
  readonly files: number;
  readonly bytes: number;
}

/**
 * Reads manifest files: each path is a file, a folder, an `http://` or `https://` URL, or `-` for standard input.
 *
 * A folder is walked with all below it, in the order of names: files that end in `.yaml`, `.yml` or `.json`, hidden folders
 * too, `.git` and `node_modules` left out. Symbolic links are followed, and nothing is read twice. What is found so is
 * marked as `discovered`: `parseManifests` passes over what is no Kubernetes object in it.
 *
 * Never rejects for what can't be read: that is a diagnostic, and the rest is read.
 */
export async function readManifestFiles(
  paths: readonly string[],
  options: ReadManifestFilesOptions = {},
): Promise<ManifestFiles> {
  const { maximumSize = 8 * 1024 * 1024, timeLimit = 30_000, onProgress } = options;
  const sources: ManifestSource[] = [];
  const diagnostics: Diagnostic[] = [];
  let bytes = 0;
  const onBytes = (length: number): void => {
    bytes += length;
    onProgress?.({ files: sources.length, bytes });
  };
  for await (const found of findFiles(paths)) {
    const limits = { maximumSize, timeLimit, onBytes };
    const read = 'severity' in found ? found : await readSource(found, limits);
    if ('severity' in read) diagnostics.push(read);
    else sources.push(read);
    onProgress?.({ files: sources.length, bytes });
  }
  return { sources, diagnostics };
}

interface Limits {
  readonly maximumSize: number;
  readonly timeLimit: number;
  readonly onBytes: (length: number) => void;
}

async function readSource(file: FoundFile, limits: Limits): Promise<ManifestSource | Diagnostic> {
  const { path, discovered, size } = file;
  const { maximumSize } = limits;
  // Who asked for a folder need not have meant this file.
  const fault = (code: string, message: string): Diagnostic =>
    fileFault(discovered ? 'warning' : 'error', code, path, message);
  if (size !== undefined && size > maximumSize) {
    const sizes = `${inMiB(size)} large, more than ${inMiB(maximumSize)}`;
    return fault('FileTooLarge', `is not read: it is ${sizes}`);
  }
  let bytes: Uint8Array | undefined;
  try {
    bytes = await readBytes(file, limits);
  } catch (error) {
    return unreadable(path, error);
  }
  if (bytes === undefined) {
    return fault('FileTooLarge', `is not read: it is larger than ${inMiB(maximumSize)}`);
  }
  const text = decode(bytes);
  if (text === undefined) return fault('FileNotText', 'is no UTF-8 text');
  if (WEB_PAGE.test(text)) return fault('FileNotText', 'is a web page and no manifest');
  if (!discovered && !/\S/u.test(text)) return fileFault('warning', 'FileEmpty', path, 'is empty');
  return { name: shownName(path), text, ...(discovered && { discovered }) };
}

/** `undefined` for more than `maximumSize`. */
async function readBytes(
  { path, size = 0 }: FoundFile,
  { maximumSize, timeLimit, onBytes }: Limits,
): Promise<Uint8Array | undefined> {
  if (path === '-') return readAtMost(process.stdin, maximumSize, onBytes);
  if (isURL(path)) return readAtMost(fetchURL(path, timeLimit), maximumSize, onBytes);
  // A file that the system makes as it is read has the size 0, too.
  if (size === 0) return readAtMost(createReadStream(path), maximumSize, onBytes);
  const bytes = await readFile(path);
  onBytes(bytes.length);
  return bytes;
}

/** What a site shows to people around a manifest, or in place of one. */
const WEB_PAGE = /^\s*<(?:!doctype\s+html|html)\b/iu;

function decode(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function inMiB(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}
