import { readManifestFiles } from '@portolan/files';
import { parseManifests } from '@portolan/manifests';
import { planStandIns, type StandInPlan } from '@portolan/stand-ins';
import { compile, type Compiled, type Diagnostic } from 'portolan';

/** What a set of manifest files comes to. */
export interface Loaded {
  readonly compiled: Compiled;
  /** How many files were read. */
  readonly files: number;
  /** Of reading the files, then of what they hold. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads and compiles files and folders as they stand. */
export async function load(paths: readonly string[]): Promise<Loaded> {
  const files = await readManifestFiles(paths);
  const compiled = compile(files.sources);
  return {
    compiled,
    files: files.sources.length,
    diagnostics: [...files.diagnostics, ...compiled.diagnostics],
  };
}

/** The same, with a stand-in for every Pod that has no address of its own, and a node where none is given. */
export async function loadWithStandIns(
  paths: readonly string[],
): Promise<Loaded & { readonly plan: StandInPlan }> {
  const files = await readManifestFiles(paths);
  const parsed = parseManifests(files.sources);
  const plan = planStandIns(parsed.manifests.map(({ resource }) => resource));
  const compiled = compile(parsed, { resources: [...plan.nodes, ...plan.pods] });
  return {
    compiled,
    plan,
    files: files.sources.length,
    diagnostics: [...files.diagnostics, ...compiled.diagnostics],
  };
}
