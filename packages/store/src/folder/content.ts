import { readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';

import { readManifestFiles } from '@portolan/files';
import { parseManifests, type Diagnostic } from '@portolan/manifests';

import { authoredText } from '../manifest-text/authored.ts';
import type { ObjectRef } from '../object/stored-object.ts';
import { resourceTypeOf } from '../resource-type/resource-type.ts';
import { refOf } from '../store/ref-of.ts';
import { keyOf } from './records.ts';
import { STATE_FOLDER } from './state.ts';
import { statsOf } from './stats-of.ts';

/** An object that stands in a file. */
interface FoundObject {
  readonly ref: ObjectRef;
  /** Relative to the folder, with `/`. */
  readonly file: string;
  readonly authored: string;
}

/** What is in a folder's files, as last read. */
export interface FolderContent {
  /** Reads the files that changed since the last time. */
  readonly read: () => Promise<void>;
  /** The objects by key. Of one that stands in several files that of the last counts. */
  readonly objects: () => ReadonlyMap<string, FoundObject>;
  /** A file in which an object stands besides the one that counts. */
  readonly duplicate: (key: string) => string | undefined;
  readonly diagnostics: () => readonly Diagnostic[];
  /** Whether what is known of an object in a file is not to be trusted, since the file or the object is faulty. */
  readonly isFaulty: (
    file: string,
    object: { readonly kind: string; readonly ref: ObjectRef },
  ) => boolean;
  /** The text of a file as it is now; `undefined` where there is none. */
  readonly text: (file: string) => string | undefined;
  /** That we wrote a file ourselves. */
  readonly wrote: (file: string, text: string | undefined) => void;
  /** Whether a file or folder that the system says was changed may hold something new. */
  readonly isNews: (file: string) => boolean;
}

/** Codes of `@portolan/files` for what could not be read. */
const NOT_READ: ReadonlySet<string> = new Set(['FileNotReadable', 'FileNotText', 'FileTooLarge']);
const MANIFEST = /\.(?:yaml|yml|json)$/u;

interface KnownFile {
  readonly shown: string;
  readonly text: string;
  /** What was read in it, once somebody asked. */
  parsed?: {
    readonly objects: readonly FoundObject[];
    readonly diagnostics: readonly Diagnostic[];
  };
}

export function folderContent(root: string): FolderContent {
  const files = new Map<string, KnownFile>();
  let unread: readonly Diagnostic[] = [];
  let view: View | undefined;

  const fileOf = (shown: string): string => relative(root, resolve(shown)).split(sep).join('/');
  const pathOf = (file: string): string => join(root, file);
  const text = (file: string): string | undefined => readText(pathOf(file));
  const know = (file: string, known: KnownFile | undefined): void => {
    view = undefined;
    if (known) files.set(file, known);
    else files.delete(file);
  };
  const current = (): View => {
    view ??= viewOf(files);
    return view;
  };

  return {
    read: async () => {
      const found = await readManifestFiles([root]);
      unread = found.diagnostics.filter(({ code }) => code !== 'NoManifestFiles');
      const there = new Map(found.sources.map((source) => [fileOf(source.name), source]));
      for (const [file, source] of there) {
        if (files.get(file)?.text === source.text) continue;
        // It may have been written again since it was read, by ourselves even.
        const now = text(file);
        if (now === undefined || now === files.get(file)?.text) continue;
        know(file, { shown: source.name, text: now });
      }
      for (const file of files.keys()) {
        if (!there.has(file) && text(file) === undefined) know(file, undefined);
      }
    },
    objects: () => current().objects,
    duplicate: (key) => current().duplicates.get(key),
    diagnostics: () => [...unread, ...current().diagnostics],
    isFaulty: (file, { kind, ref }) =>
      unread.some((fault) => NOT_READ.has(fault.code) && isWithin(file, fileOf(fault.file))) ||
      current().diagnostics.some(
        (fault) =>
          fault.severity === 'error' &&
          fileOf(fault.file) === file &&
          (fault.object === undefined ||
            fault.object.name === '' ||
            (fault.object.kind === kind &&
              fault.object.name === ref.name &&
              fault.object.namespace === ref.namespace)),
      ),
    text,
    wrote: (file, written) =>
      know(
        file,
        written === undefined ? undefined : { shown: relative('.', pathOf(file)), text: written },
      ),
    isNews: (file) => {
      if (isWithin(file, STATE_FOLDER)) return false;
      if (MANIFEST.test(file)) return text(file) !== files.get(file)?.text;
      const stats = statsOf(pathOf(file));
      return stats === undefined || stats.isDirectory();
    },
  };
}

/** All files seen together. */
interface View {
  readonly objects: ReadonlyMap<string, FoundObject>;
  readonly duplicates: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
}

function viewOf(files: ReadonlyMap<string, KnownFile>): View {
  const objects = new Map<string, FoundObject>();
  const duplicates = new Map<string, string>();
  const diagnostics: Diagnostic[] = [];
  for (const [file, known] of [...files].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    known.parsed ??= parse(file, known);
    diagnostics.push(...known.parsed.diagnostics);
    for (const object of known.parsed.objects) {
      const key = keyOf(object.ref);
      const other = objects.get(key);
      objects.set(key, object);
      if (other === undefined) continue;
      duplicates.set(key, other.file);
      diagnostics.push(duplicateOf(other, object, files.get(other.file)?.shown ?? other.file));
    }
  }
  return { objects, duplicates, diagnostics };
}

function parse(file: string, { shown, text }: KnownFile): NonNullable<KnownFile['parsed']> {
  const { manifests, diagnostics } = parseManifests([{ name: shown, text, discovered: true }]);
  const objects = manifests
    .filter(({ resource }) => resourceTypeOf(resource) !== undefined)
    .map(({ resource }) => ({ ref: refOf(resource), file, authored: authoredText(resource) }));
  return { objects, diagnostics };
}

function duplicateOf(other: FoundObject, counting: FoundObject, shown: string): Diagnostic {
  const { resource, namespace, name } = other.ref;
  return {
    severity: 'warning',
    code: 'DuplicateObject',
    message: `${resource} ${namespace}/${name} stands again in ${counting.file}, and that one counts`,
    file: shown,
    line: 1,
    column: 1,
  };
}

function isWithin(file: string, folder: string): boolean {
  return folder === '' || file === folder || file.startsWith(`${folder}/`);
}

function readText(path: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(path));
  } catch {
    return undefined;
  }
}
