import { readManifestFiles, whileStill, type ManifestFiles } from '@portolan/files';
import type { ManifestSource } from '@portolan/manifests';

/** What files hold now. */
export interface ReadAgain extends ManifestFiles {
  /** Whether all of them could be read. */
  readonly isWhole: boolean;
}

/** Faults of files and folders themselves, and not of what stands in them. */
const UNREAD: ReadonlySet<string> = new Set(['FileNotReadable', 'FileNotText', 'FileTooLarge']);

/**
 * Reads the same paths again and again, while nobody writes to them. What could be read before and can't be now is as it was,
 * a folder with all that was below it. Standard input is read once, since it can't be read again.
 */
export function readAgain(paths: readonly string[]): () => Promise<ReadAgain> {
  const files = paths.filter((path) => path !== '-');
  const input = readManifestFiles(paths.filter((path) => path === '-'));
  let last: readonly ManifestSource[] | undefined;

  const readFiles = async (): Promise<ReadAgain> => {
    const { sources, diagnostics } = await readManifestFiles(files);
    const unread = diagnostics.filter(({ code }) => UNREAD.has(code)).map(({ file }) => file);
    const found = new Set(sources.map(({ name }) => name));
    const lost = (last ?? []).filter(
      ({ name }) => !found.has(name) && unread.some((path) => isAtOrBelow(name, path)),
    );
    return { sources: [...sources, ...lost], diagnostics, isWhole: unread.length === 0 };
  };
  return async () => {
    // Nothing can be lost yet by what is half written.
    const read = await (last === undefined ? readFiles() : whileStill(files, readFiles));
    last = read.sources;
    const { sources, diagnostics } = await input;
    return {
      ...read,
      sources: [...sources, ...read.sources],
      diagnostics: [...diagnostics, ...read.diagnostics],
    };
  };
}

function isAtOrBelow(name: string, path: string): boolean {
  return path === '.' || name === path || name.startsWith(path.endsWith('/') ? path : `${path}/`);
}
