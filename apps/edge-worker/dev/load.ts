import { compileWithStandIns, type CompiledWithStandIns } from '@portolan/compile';
import { readManifestFiles } from '@portolan/files';
import { parseManifests, type ParsedManifests } from '@portolan/manifests';
import { compile, type Compiled } from 'portolan';

/** Reads and compiles files and folders as they stand. */
export async function load(paths: readonly string[]): Promise<Compiled> {
  return compile(await parse(paths));
}

/**
 * The same, with a stand-in for every Pod that has no address of its own, and a node where none is given.
 *
 * @param before What was loaded earlier: an object that was valid then and is faulty now is kept as it was.
 */
export async function loadWithStandIns(
  paths: readonly string[],
  before?: Compiled,
): Promise<CompiledWithStandIns> {
  return compileWithStandIns(await parse(paths), {}, before);
}

async function parse(paths: readonly string[]): Promise<ParsedManifests> {
  const { sources, diagnostics } = await readManifestFiles(paths);
  const parsed = parseManifests(sources);
  return { ...parsed, diagnostics: [...diagnostics, ...parsed.diagnostics] };
}
